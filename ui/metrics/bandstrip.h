#pragma once
// Above the header of a table: which columns come from which source. Follows the header's widths and scrolling.

#include <QWidget>
#include <functional>

class QHeaderView;

namespace ui {

class BandStrip : public QWidget {
    Q_OBJECT
public:
    /// `band` gives the band of a column, `name` its text; columns of one band stand together. An empty name is left
    /// out. The header outlives the strip.
    BandStrip(QHeaderView* header, std::function<int(int)> band, std::function<QString(int)> name,
              QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHeaderView* m_header;
    std::function<int(int)> m_band;
    std::function<QString(int)> m_name;
};

} // namespace ui
