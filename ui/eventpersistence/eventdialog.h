#pragma once
// "Keep a cluster's events": a page of fields, with what the address says of itself, then one of what will be sent and
// what becomes of it.

#include "app/tke/persistentevent.h"
#include "ui/widgets/signlines.h"
#include "ui/widgets/writedialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace ui {

class PlainLabel;

class EventDialog : public WriteDialog {
    Q_OBJECT
public:
    explicit EventDialog(QWidget* parent);
    ~EventDialog() override;

    /// Fills the fields; what is empty stays as it is. Of the cluster the name.
    void fill(const tke::EventSinkDraft& draft);
    /// The platform was read: the clusters to choose among. Where it does not tell them the name is typed.
    void setPlatform(const tke::EventPlatform& platform);
    tke::EventSinkDraft draft() const;

    /// What stands on the page of fields.
    struct Judgement {
        std::vector<SignLine> problems;
        bool isComplete = false; ///< nothing keeps it from being reviewed
        bool canProbe = false;
        bool tellsLogin = false; ///< trying the address sends the login in clear
        bool isProbing = false;
        SignLine probe; ///< what the address said
        bool operator==(const Judgement&) const = default;
    };
    void setJudgement(const Judgement& judgement);
    bool isRevealed() const;

Q_SIGNALS:
    void draftChanged();
    void probeRequested();
    /// The password is to be seen in what will be sent, or hidden again.
    void revealToggled();

protected:
    void refresh() override;
    void retranslate() override;
    bool isComplete(int page) const override;
    void focusPage(int page) override;

private:
    QWidget* fieldsPage();
    void nameClusters();
    void spreadAddress();
    void edited();

    std::vector<tke::MemberCluster> m_clusters;
    std::vector<tke::EventSink> m_sinks;
    QString m_wanted; ///< the cluster that was asked for before the platform was read
    Judgement m_judgement;
    bool m_isFilling = false;
    PlainLabel* m_clusterLabel;
    QComboBox* m_cluster;
    PlainLabel* m_addressLabel;
    QComboBox* m_scheme;
    QLineEdit* m_host;
    PlainLabel* m_portLabel;
    QLineEdit* m_port;
    PlainLabel* m_indexLabel;
    QLineEdit* m_index;
    PlainLabel* m_rule;
    PlainLabel* m_userLabel;
    QLineEdit* m_user;
    PlainLabel* m_passwordLabel;
    QLineEdit* m_password;
    PlainLabel* m_loginWords;
    QPushButton* m_probe;
    SignLines* m_found;
    SignLines* m_problems;
    QCheckBox* m_reveal;
};

} // namespace ui
