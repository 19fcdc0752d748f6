#pragma once
// How many pods share which fate, as one bar: a part for each, as wide as its share, its words below it.

#include "ui/theme/colors.h"

#include <QWidget>
#include <optional>
#include <vector>

namespace ui {

class OutcomeBar : public QWidget {
    Q_OBJECT
public:
    struct Part {
        QString words; ///< translated: "evicted now 6"
        int count = 0;
        std::optional<ColorId> color; ///< none: muted
        bool operator==(const Part&) const = default;
    };

    explicit OutcomeBar(QWidget* parent = nullptr);

    /// Parts of zero are left out.
    void setParts(const std::vector<Part>& parts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Part> m_parts;
};

} // namespace ui
