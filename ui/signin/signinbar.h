#pragma once
// What has to be said before a cluster is signed in to: whether a kubeconfig's program may run, whether a token may go
// to a server that nobody has checked. A bar above the pages, one question at a time; nothing waits for it but the
// cluster it is about.

#include <QPointer>
#include <QWidget>
#include <optional>

class QPushButton;

namespace config {
class PluginConsents;
} // namespace config

namespace store {
class Cluster;
class Clusters;
} // namespace store

namespace ui {

class PlainLabel;

class SignInBar : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    SignInBar(config::PluginConsents* consents, store::Clusters* clusters);

Q_SIGNALS:
    /// An answer could not be kept: why, translated.
    void failed(const QString& sentence);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Choice { Once, Always, No };
    QPushButton* addButton(const char* name, Choice choice);
    void watchClusters();
    void choose(Choice choice);
    void refresh();

    config::PluginConsents* m_consents;
    store::Clusters* m_clusters;
    QPointer<store::Cluster> m_cluster; ///< whose token it is about; null: the first question about a program
    QList<QPointer<store::Cluster>> m_refused;
    PlainLabel* m_text;
    PlainLabel* m_details;
    QPushButton* m_once;
    QPushButton* m_always;
    QPushButton* m_no;
};

} // namespace ui
