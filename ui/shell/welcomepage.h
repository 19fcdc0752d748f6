#pragma once
// What stands in the middle while no tab is open: how to begin, or why there is nothing to begin with.

#include <QWidget>

class QPushButton;

namespace ui {

class PlainLabel;

class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

    /// A sentence on what is missing (no kubeconfig, none that can be read) and what to do; empty: all is well.
    /// Translated by who sets it.
    void setProblem(const QString& sentence, const QString& advice);

Q_SIGNALS:
    void openRequested();
    void snapshotRequested();
    void demoRequested();
    /// The person wants to know where the problem comes from.
    void whyRequested();
    void connectionsRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    PlainLabel* m_title;
    PlainLabel* m_text;
    PlainLabel* m_problem;
    PlainLabel* m_advice;
    QPushButton* m_why;
    QPushButton* m_open;
    QPushButton* m_connections;
    QPushButton* m_snapshot;
    QPushButton* m_demo;
    QList<PlainLabel*> m_hints;
};

} // namespace ui
