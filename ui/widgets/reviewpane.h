#pragma once
// A write before it is sent: what is to be known, the difference, the equal command, and where it stands.

#include "ui/widgets/diffview.h"
#include "ui/widgets/signlines.h"

namespace ui {

class CommandBox;
class SignList;

class ReviewPane : public QWidget {
    Q_OBJECT
public:
    /// Its parts are called `prefix` and ".lines", ".diff", ".command", ".copy", ".status".
    explicit ReviewPane(const QString& prefix, QWidget* parent = nullptr);

    struct Look {
        std::vector<SignLine> lines; ///< the gravest first
        std::vector<base::DiffLine> diff;
        QString command;
        SignLine status;
        bool operator==(const Look&) const = default;
    };
    void setLook(const Look& look);
    void retranslate();

private:
    Look m_look;
    SignList* m_lines;
    DiffView* m_diff;
    CommandBox* m_command;
    SignLines* m_status;
};

} // namespace ui
