#pragma once
// The last page: what is to be known, the difference, the equal command, and where it stands.

#include "ui/widgets/diffview.h"
#include "ui/widgets/signlines.h"

class QListWidget;
class QPlainTextEdit;
class QToolButton;

namespace ui {

class PlainLabel;

class HostPathReviewPage : public QWidget {
    Q_OBJECT
public:
    explicit HostPathReviewPage(QWidget* parent = nullptr);

    struct Look {
        std::vector<SignLine> lines; ///< the gravest first
        std::vector<DiffView::Line> diff;
        QString command;
        SignLine status;
        bool operator==(const Look&) const = default;
    };
    void setLook(const Look& look);
    void retranslate();

private:
    Look m_look;
    QListWidget* m_lines;
    DiffView* m_diff;
    QPlainTextEdit* m_command;
    QToolButton* m_copy;
    SignLines* m_status;
};

} // namespace ui
