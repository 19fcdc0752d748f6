#pragma once
// The addons of all clusters of a platform: a table, and beside it what is known of the one that is chosen. It looks;
// the controller reads.

#include "app/models/textrowsmodel.h"
#include "app/tke/addonstate.h"
#include "ui/shell/page.h"

#include <functional>
#include <map>

namespace ui {

class KeyValueView;
class PlainLabel;
class SearchField;
class SignLines;
class StatePane;
class TableView;
class TimeLabel;

/// All that the page shows, as a value.
struct AddonPicture {
    tke::AddonSurvey survey;
    std::vector<tke::ClusterAddons> clusters;
    std::map<QString, QString> names; ///< display names of clusters, by name
};

class AddonsPage : public Page {
    Q_OBJECT
public:
    explicit AddonsPage(const View& view);
    ~AddonsPage() override;

    void show(const AddonPicture& picture);
    /// The UID of a cluster whose objects can be shown; empty: it is not open. Asked when a row leads there.
    void setIdOf(std::function<QString(const QString& cluster)> idOf) { m_idOf = std::move(idOf); }
    /// When what is shown was read, and what is being read now; either may be empty.
    void setRead(const QDateTime& when, const QString& reading);

    models::TextRowsModel* model() const { return m_model; }
    TableView* table() const { return m_table; }
    StatePane* pane() const { return m_pane; }

    QString title() const override;
    QIcon icon() const override;
    void refresh() override { Q_EMIT refreshRequested(); }
    void find() override;
    void focusContent() override;
    void lookAt(const View& view) override;

Q_SIGNALS:
    void refreshRequested();
    /// The object at the platform: `object.cluster` is empty.
    void addonActivated(const kube::ObjectRef& object);
    void objectActivated(const kube::ObjectRef& object);
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    /// What a row is about: an addon of a cluster, or what is left over there.
    struct Place {
        std::size_t cluster;
        std::size_t index;
        bool isLeftOver;
    };

    void build();
    void retranslate();
    void fill();
    void showDetail();
    void follow(const QString& group, const QString& id);
    void open(int row);
    const Place* chosen() const;
    QString keyOf(const Place& place) const;
    QString nameOf(const tke::ClusterAddons& cluster) const;
    models::TextRow rowOf(const Place& place) const;

    AddonPicture m_picture;
    bool m_hasPicture = false;
    std::vector<Place> m_places; ///< of each row
    QString m_chosen;            ///< key of the row that stays chosen
    bool m_filling = false;
    bool m_sized = false;
    std::function<QString(const QString&)> m_idOf;
    models::TextRowsModel* m_model;
    SearchField* m_search;
    PlainLabel* m_counts;
    PlainLabel* m_reading;
    TimeLabel* m_read;
    SignLines* m_unread;
    TableView* m_table;
    KeyValueView* m_detail;
    StatePane* m_pane = nullptr;
};

} // namespace ui
