#pragma once
// The upper part of the change sheet: what is asked of a person for one kind of write.

#include "app/change/dependents.h"
#include "app/change/flow.h"

#include <QWidget>

namespace ui {

class ChangeForm : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// The first of the objects, once it is read. Others may be different.
    virtual void setLive(const kube::Json&) {}
    /// What has to be read before anything can be said: nothing is sent before setLive().
    virtual bool needsLive() const { return false; }
    /// What is wrong with what was typed, translated; nothing is tried then.
    virtual QString problem() const { return {}; }
    /// Null: nothing was edited yet.
    virtual change::IntentPtr intentFor(const change::Target& target) const = 0;
    /// On the button: names the act.
    virtual QString actText(const std::vector<change::Doomed>& objects) const = 0;
    /// In the title, before the object.
    virtual QString name() const = 0;
    /// The verb that the right is asked for.
    virtual QString verb() const { return QStringLiteral("patch"); }
    /// It may end what runs: its button is never the default one.
    virtual bool isDangerous() const { return false; }
    /// Texts in the language of now.
    virtual void retranslate() = 0;

Q_SIGNALS:
    void edited();
};

} // namespace ui
