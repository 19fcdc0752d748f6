#pragma once
// What becomes of dependents when objects are deleted.

#include "app/change/deleteflow.h"
#include "ui/changes/changeform.h"

class QComboBox;

namespace ui {

class PlainLabel;

class DeleteForm final : public ChangeForm {
    Q_OBJECT
public:
    /// With `makesAgain` the object comes back: the words say so.
    explicit DeleteForm(bool makesAgain = false, QWidget* parent = nullptr);

    change::Propagation propagation() const;

    change::IntentPtr intentFor(const change::Target&) const override { return nullptr; }
    QString actText(const std::vector<change::Doomed>& objects) const override;
    QString name() const override;
    QString verb() const override { return QStringLiteral("delete"); }
    bool isDangerous() const override { return true; }
    void retranslate() override;

private:
    const bool m_makesAgain;
    PlainLabel* m_label;
    QComboBox* m_how;
    PlainLabel* m_words;
};

} // namespace ui
