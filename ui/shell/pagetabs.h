#pragma once
// The tabs in the middle: closable, movable, one page a view.

#include <QTabWidget>

namespace ui {

class Page;

class PageTabs : public QTabWidget {
    Q_OBJECT
public:
    explicit PageTabs(QWidget* parent = nullptr);

    /// Takes the page and shows it.
    void addPage(Page* page);
    Page* page(int index) const;
    Page* currentPage() const;
    /// Null when no tab has it.
    Page* find(const QString& identity) const;

public Q_SLOTS:
    void closeCurrent();
    /// +1 or -1, around the end.
    void step(int by);
    /// From 0; nothing happens where there is none.
    void showTab(int index);

Q_SIGNALS:
    void currentPageChanged(ui::Page* page);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void label(Page* page);
    void labelAll();
    void closePage(Page* page);
};

} // namespace ui
