#pragma once
// A label that shows what it is given, character by character, and lets it be selected.

#include "ui/theme/colors.h"

#include <QLabel>
#include <optional>

namespace ui {

class PlainLabel : public QLabel {
    Q_OBJECT
public:
    enum class Selectable { No, Yes };

    explicit PlainLabel(Selectable selectable = Selectable::No, QWidget* parent = nullptr);

    /// The colour of the text, by meaning; none: the palette's.
    void setColorId(std::optional<ColorId> id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColor();

    std::optional<ColorId> m_color;
    bool m_applying = false;
};

} // namespace ui
