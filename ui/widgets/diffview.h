#pragma once
// Reads a difference: lines taken away and lines added, each with a sign and a ground of its own, and how many there
// are. Colour is never the only sign.

#include "app/base/diffline.h"

#include <QPlainTextEdit>
#include <vector>

namespace ui {

class DiffView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit DiffView(const QString& objectName, QWidget* parent = nullptr);

    void setLines(const std::vector<base::DiffLine>& lines);
    /// What is shown instead of no lines.
    void setEmptyText(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintGrounds();

    std::vector<base::DiffLine> m_lines;
};

} // namespace ui
