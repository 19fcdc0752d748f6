#pragma once
// Forms of a sentence, a number, or a container with its image.

#include "ui/changes/changeform.h"

#include "app/change/workloadintents.h"

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace ui {

class PlainLabel;

/// Cordon, uncordon, restart, suspend, resume: nothing to fill in.
class ActForm final : public ChangeForm {
    Q_OBJECT
public:
    enum class Act { Cordon, Uncordon, Restart, Suspend, Resume };
    explicit ActForm(Act act, QWidget* parent = nullptr);

    change::IntentPtr intentFor(const change::Target& target) const override;
    QString actText(const std::vector<change::Doomed>& objects) const override;
    QString name() const override;
    bool isDangerous() const override { return m_act == Act::Restart || m_act == Act::Suspend; }
    void retranslate() override;

private:
    QString sentence() const;

    const Act m_act;
    const QDateTime m_when; ///< one time for all objects, and for the commands
    PlainLabel* m_words;
};

class ScaleForm final : public ChangeForm {
    Q_OBJECT
public:
    explicit ScaleForm(QWidget* parent = nullptr);

    void setLive(const kube::Json& live) override;
    bool needsLive() const override { return true; }
    change::IntentPtr intentFor(const change::Target& target) const override;
    QString actText(const std::vector<change::Doomed>& objects) const override;
    QString name() const override;
    bool isDangerous() const override;
    void retranslate() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    PlainLabel* m_label;
    QSpinBox* m_replicas;
    PlainLabel* m_now;
    std::optional<qint64> m_is;
};

class ImageForm final : public ChangeForm {
    Q_OBJECT
public:
    explicit ImageForm(kube::ApiResource resource, QWidget* parent = nullptr);

    void setLive(const kube::Json& live) override;
    bool needsLive() const override { return true; }
    QString problem() const override;
    change::IntentPtr intentFor(const change::Target& target) const override;
    QString actText(const std::vector<change::Doomed>& objects) const override;
    QString name() const override;
    bool isDangerous() const override { return true; }
    void retranslate() override;

private:
    const change::ContainerImage* chosen() const;
    void fill();

    const kube::ApiResource m_resource;
    std::vector<change::ContainerImage> m_images;
    PlainLabel* m_containerLabel;
    QComboBox* m_container;
    PlainLabel* m_imageLabel;
    QLineEdit* m_image;
};

} // namespace ui
