#pragma once
// From a symptom to its cause: an error or a symptom at the left, the guide's steps and what was found at the right.

#include "app/diagnose/diagnosis.h"
#include "ui/shell/page.h"

class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class GuideChooser;
class Navigator;
class PlainLabel;
class StepView;

class TroubleshootPage : public Page {
    Q_OBJECT
public:
    /// What guides are run over, asked for whenever one starts: a kubeconfig may have been mended meanwhile.
    using SubjectFunction = std::function<diagnose::Subject()>;

    /// `view.more` may hold a "text" to begin with, or a "guide", which runs at once, and what it is "about".
    TroubleshootPage(const View& view, SubjectFunction subject, Navigator* navigator);
    ~TroubleshootPage() override;

    QString title() const override;
    QIcon icon() const override;
    void refresh() override;
    void lookAt(const View& view) override;
    void focusContent() override;

    /// Chooses the guide and runs it. `about` is what it is about: "shop/web-1".
    void run(const QString& guide, const QString& about = {});
    /// Null before the first one.
    const diagnose::Diagnosis* diagnosis() const { return m_diagnosis.get(); }
    /// The report in a file; what it is is told by the name: .md, else HTML. False when it cannot be written.
    bool saveReport(const QString& file) const;

Q_SIGNALS:
    /// A fix is a form that another feature has: `fix.action` says which.
    void formRequested(const QString& cluster, const diagnose::Fix& fix);

protected:
    void changeEvent(QEvent* event) override;

private:
    void start();
    void addFinding();
    void follow(const View& next);
    void openFix(const diagnose::Fix& fix);
    void showState();
    void chooseFile();
    void retranslate();

    const SubjectFunction m_subject;
    Navigator* m_navigator;
    GuideChooser* m_chooser;
    PlainLabel* m_heading;
    PlainLabel* m_outcome;
    QPushButton* m_save;
    QScrollArea* m_scroll;
    QWidget* m_content = nullptr;
    QVBoxLayout* m_column = nullptr;
    std::vector<StepView*> m_steps;
    int m_findings = 0;
    bool m_isOff = false; ///< the guide that was chosen has nothing to look at in a snapshot
    std::unique_ptr<diagnose::Diagnosis> m_diagnosis;
};

} // namespace ui
