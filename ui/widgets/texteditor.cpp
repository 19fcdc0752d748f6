#include "ui/widgets/texteditor.h"

#include "ui/widgets/module.h"

namespace ui {

TextEditor* createTextEditor(QWidget* parent, QString* why)
{
    auto* factory = moduleOf<TextEditorFactory>(QStringLiteral("alidade_editor"), why);
    return factory ? factory->create(parent) : nullptr;
}

} // namespace ui
