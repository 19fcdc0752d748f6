#pragma once
// Sentences below each other, each with its sign: what stands under a field. Takes no room when there are none.

#include "ui/theme/signs.h"

#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace ui {

struct SignLine {
    Sign sign = Sign::None;
    QString text;
    bool operator==(const SignLine&) const = default;
};

class SignLines : public QWidget {
    Q_OBJECT
public:
    explicit SignLines(const QString& objectName, QWidget* parent = nullptr);

    void setLines(const std::vector<SignLine>& lines);
    /// "Warning: …", a line each: for who does not see them.
    QString text() const;

private:
    std::vector<SignLine> m_lines;
    QVBoxLayout* m_column;
};

} // namespace ui
