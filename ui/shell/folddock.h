#pragma once
// A dock at the bottom that folds to its title.

#include <QDockWidget>
#include <functional>

class QToolButton;

namespace ui {

class FoldDock : public QDockWidget {
    Q_OBJECT
public:
    /// `build` makes the content when it is unfolded for the first time.
    FoldDock(const QString& objectName, std::function<QWidget*()> build, QWidget* parent = nullptr);

    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    /// Translated; set again on a language change.
    void setTitle(const QString& title);
    /// Null until it has been unfolded.
    QWidget* content() const { return m_content; }

Q_SIGNALS:
    void openChanged(bool open);

private:
    std::function<QWidget*()> m_build;
    QToolButton* m_head;
    QWidget* m_frame;
    QWidget* m_content = nullptr;
    int m_height = 200;
    bool m_open = false;
};

} // namespace ui
