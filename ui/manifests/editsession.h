#pragma once
// What becomes of an edited text: tried on the server, shown, applied. The page that shows it knows no more than this.

#include "app/change/diff.h"
#include "app/change/immutable.h"
#include "app/change/intent.h"
#include "app/change/notice.h"
#include "app/kube/manifest.h"
#include "app/kube/objectref.h"
#include "ui/theme/signs.h"

#include <QObject>
#include <optional>
#include <vector>

namespace ui {

class EditSession : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// An object of that name is there, and cannot be brought to what is wanted.
    struct Obstacle {
        struct Field {
            QString name;
            QString live;
            QString wanted;
            bool operator==(const Field&) const = default;
        };
        struct Way {
            QString id; ///< change::WayOut::id
            QString text;
            QStringList loses;
            bool operator==(const Way&) const = default;
        };
        std::vector<Field> fields;
        QStringList facts; ///< whose it is, what depends on it
        std::vector<Way> ways;
        bool operator==(const Obstacle&) const = default;
    };
    struct Item {
        QString what; ///< "Create", "Change", "Refused", ...: translated
        Sign sign = Sign::None;
        kube::ObjectRef ref;
        QString note;  ///< a sentence, or the server's words; may be empty
        QString words; ///< all that is to be said: warnings, who keeps it, the refusal
        std::vector<change::DiffLine> diff;
        int line = 1; ///< where the object begins in the text
        std::optional<Obstacle> obstacle;
        int nameLine = 1; ///< where its name stands
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
    /// Of Tried: the same for a shell; empty: there is none.
    virtual QString command() const { return {}; }
    /// Why nothing of it can ever be applied here, translated; empty: it can.
    virtual QString whyOff() const { return {}; }
    /// Lets the server judge the text; nothing is kept there.
    virtual void tryOut(const QString& text) = 0;
    virtual void apply() = 0;
    virtual void cancel() = 0;
    /// Whether other managers' fields are taken over, where that is what stands in the way.
    virtual bool offersForce() const { return false; }
    virtual void setForce(bool) {}
    /// A way out of an item's obstacle that the session goes by itself: "keep" or "recreate".
    virtual void choose(std::size_t, const QString&) {}

Q_SIGNALS:
    void changed();
    /// An object is to be deleted and made again, once a person confirmed it.
    void recreateRequested(const change::Target& target, const kube::Manifest& manifest, const kube::Json& live,
                           const std::vector<change::ImmutableField>& fields);
};

} // namespace ui
