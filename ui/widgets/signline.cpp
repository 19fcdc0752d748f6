#include "ui/widgets/signline.h"

#include <QCoreApplication>

namespace ui {
namespace {

struct SignLineText {
    Q_DECLARE_TR_FUNCTIONS(ui::SignLine)
};

} // namespace

QString spoken(const SignLine& line)
{
    const QString word = signWord(line.sign);
    return word.isEmpty() ? line.text : SignLineText::tr("%1: %2", "severity, sentence").arg(word, line.text);
}

} // namespace ui
