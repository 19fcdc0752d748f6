#pragma once
// What can be done with one context from anywhere: the page, and the menu of the tree.

#include "app/config/profile.h"

#include <QPoint>

class QMenu;
class QWidget;

namespace ui {

class Connections;

/// The marks with one of them set or taken off. Production is read-only by itself; taking it off takes that along.
config::Marks withMark(config::Marks marks, bool production, bool on);
void showCredential(Connections* connections, const config::Context& context, QWidget* parent);
/// Marks and credential of the context as entries at the end of a menu; of a member no marks, which are its platform's.
/// `said` gets a sentence when one cannot be set.
void addContextCommands(QMenu* menu, Connections* connections, const config::Context& context, QWidget* parent,
                        std::function<void(const QString&)> said);

} // namespace ui
