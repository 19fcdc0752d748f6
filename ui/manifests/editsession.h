#pragma once
// What becomes of an edited text: tried on the server, shown, applied. The page that shows it knows no more than this.

#include "app/change/diff.h"
#include "app/change/notice.h"
#include "app/kube/objectref.h"
#include "ui/theme/signs.h"

#include <QObject>
#include <vector>

namespace ui {

class EditSession : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    struct Item {
        QString what; ///< "Create", "Change", "Refused", ...: translated
        Sign sign = Sign::None;
        kube::ObjectRef ref;
        QString note;  ///< a sentence, or the server's words; may be empty
        QString words; ///< all that is to be said: warnings, who keeps it, the refusal
        std::vector<change::DiffLine> diff;
        int line = 1; ///< where the object begins in the text
    };
    struct Problem {
        int line = 1;
        QString message;
    };
    enum class Phase { Fresh, Trying, Tried, Applying, Applied };

    virtual Phase phase() const = 0;
    virtual std::vector<Item> items() const = 0;
    /// At their lines of the text: of the YAML, and what the server refuses.
    virtual std::vector<Problem> problems() const = 0;
    /// Of Tried: everything may be sent, and something would change.
    virtual bool canApply() const = 0;
    /// What applying does, as a button says it: "Apply to 3 objects".
    virtual QString applyWords() const = 0;
    /// Lets the server judge the text; nothing is kept there.
    virtual void tryOut(const QString& text) = 0;
    virtual void apply() = 0;
    virtual void cancel() = 0;
    /// Whether other managers' fields are taken over, where that is what stands in the way.
    virtual bool offersForce() const { return false; }
    virtual void setForce(bool) {}

Q_SIGNALS:
    void changed();
};

} // namespace ui
