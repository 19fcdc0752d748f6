#pragma once
// The text of one live object, edited: only what differs from what was served is written.

#include "app/change/editintent.h"
#include "app/change/flow.h"
#include "app/kube/manifest.h"
#include "app/store/cluster.h"
#include "ui/manifests/editsession.h"

#include <QPointer>

namespace ui {

class ObjectSession final : public EditSession {
    Q_OBJECT
public:
    ObjectSession(store::Cluster* cluster, change::Target target, QObject* parent = nullptr);

    /// Fetches the object; loaded() or failed() follows.
    void load();

    Phase phase() const override;
    std::vector<Item> items() const override;
    std::vector<Problem> problems() const override;
    bool canApply() const override;
    QString applyWords() const override;
    QString command() const override;
    QString whyOff() const override;
    void tryOut(const QString& text) override;
    void apply() override;
    void cancel() override;
    void choose(std::size_t item, const QString& way) override;

Q_SIGNALS:
    /// The text to begin with, without what the server keeps by itself.
    void loaded(const QString& yaml);
    void failed(const base::Error& error);

private:
    /// Why the server refused the text, where it is that the object cannot take these fields any more.
    std::vector<change::ImmutableField> immutable() const;

    QPointer<store::Cluster> m_cluster;
    const change::Target m_target;
    change::WriteLog m_log;
    kube::Json m_original; ///< what the text began with
    std::optional<kube::Manifest> m_manifest;
    std::optional<base::Error> m_error; ///< of the text itself
    std::unique_ptr<change::Flow> m_flow;
    bool m_nothing = false; ///< the text says what the object is
};

} // namespace ui
