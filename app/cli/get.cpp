#include "app/kube/gettable.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/run.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/kube/secrets.h"
#include "app/kube/tenantlists.h"
#include "app/kube/yaml.h"
#include "app/messages/groups.h"

#include <QCoreApplication>

namespace cli {
namespace {

kube::Json textOrNull(const QByteArray& utf8)
{
    return utf8.isEmpty() ? kube::Json(nullptr) : kube::Json(utf8.toStdString());
}

kube::Json toJson(const kube::TableValue& cell)
{
    using Type = kube::TableCell::Type;
    if (cell.type == Type::Text)
        return cell.text.toStdString();
    if (cell.type == Type::Null)
        return nullptr;
    const auto value = kube::parseJson(cell.text);
    return value ? *value : kube::Json(cell.text.toStdString());
}

void printJson(Run& run, const kube::ApiResource& resource, const kube::WholeTable& table)
{
    kube::Json columns = kube::Json::array();
    for (const kube::TableColumn& column : table.columns)
        columns.push_back(
            {{"name", column.name.toStdString()}, {"type", column.type.toStdString()}, {"priority", column.priority}});
    kube::Json rows = kube::Json::array();
    for (const auto& row : table.rows) {
        kube::Json cells = kube::Json::array();
        for (const kube::TableValue& cell : row.cells)
            cells.push_back(toJson(cell));
        rows.push_back({{"ref",
                         {{"apiVersion", resource.apiVersion().toStdString()},
                          {"kind", resource.kind.toStdString()},
                          {"namespace", textOrNull(row.nameSpace)},
                          {"name", row.name.toStdString()},
                          {"uid", textOrNull(row.uid)}}},
                        {"cells", std::move(cells)}});
    }
    run.printJson({{"columns", std::move(columns)}, {"rows", std::move(rows)}});
}

void printText(Run& run, const kube::ApiResource& resource, const kube::WholeTable& table)
{
    const bool withNamespace = resource.namespaced && run.options().allNamespaces;
    QStringList headers;
    if (withNamespace)
        headers += QStringLiteral("NAMESPACE");
    for (const kube::TableColumn& column : table.columns)
        if (column.priority == 0)
            headers += column.name.toUpper();
    std::vector<QStringList> rows;
    rows.reserve(table.rows.size());
    for (const auto& row : table.rows) {
        QStringList texts;
        if (withNamespace)
            texts += base::visible(row.nameSpace.toStdString());
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (table.columns[i].priority == 0)
                texts += i < row.cells.size() ? base::visible(row.cells[i].text.toStdString()) : QString();
        rows.push_back(std::move(texts));
    }
    if (rows.empty())
        run.warn(kube::isListedByTenant(resource) ? messages::listedByTenant(resource.resource)
                 : withNamespace || !resource.namespaced
                     ? QCoreApplication::translate("Cli", "There are no %1.").arg(resource.resource)
                     : QCoreApplication::translate("Cli", "There are no %1 in namespace %2.")
                           .arg(resource.resource, run.nameSpace()));
    else
        run.printTable(headers, rows);
}

void getOne(Run& run, const kube::ApiResource& resource, const QString& name)
{
    transport::Request request{.path = resource.path(run.nameSpace(), name)};
    run.client().askJson(std::move(request)).future.then(&run, [&run](const base::Result<kube::Json>& object) {
        if (!object) {
            run.fail(object.error());
            return;
        }
        // Who names a Secret asks for what is in it; who looks at a cluster does not ask for its SSH passwords.
        const bool isAsked =
            run.options().isSet("show-secrets") || kube::rawText(*object, {"kind"}) == QLatin1String("Secret");
        const kube::Json shown = isAsked ? *object : kube::withoutSecrets(*object);
        if (run.options().json)
            run.printJson(shown);
        else
            run.print(kube::toYaml(shown).toUtf8());
        run.done();
    });
}

void getAll(Run& run, const kube::ApiResource& resource)
{
    const kube::ListScope scope{.nameSpace = resource.namespaced ? run.nameSpace() : QString()};
    kube::getTable(run.client(), resource, scope)
        .future.then(&run, [&run, resource](const base::Result<kube::WholeTable>& table) {
            if (!table) {
                run.fail(table.error());
                return;
            }
            if (run.options().json)
                printJson(run, resource, *table);
            else
                printText(run, resource, *table);
            run.done();
        });
}

void runGet(Run& run)
{
    kube::discover(run.client()).future.then(&run, [&run](const base::Result<kube::ApiCatalog>& catalog) {
        if (!catalog) {
            run.fail(catalog.error());
            return;
        }
        const QStringList& words = run.options().arguments;
        const kube::ApiResource* resource = catalog->find(words.front());
        if (!resource) {
            run.fail({.kind = base::ErrorKind::NotFound,
                      .reason = QStringLiteral("kindNotServed"),
                      .said = base::visible(words.front()),
                      .asked = words.front(),
                      .ofWhom = run.client().transport()->address()});
        } else if (words.size() == 2) {
            getOne(run, *resource, words[1]);
        } else {
            getAll(run, *resource);
        }
    });
}

QString checkGet(Options& options)
{
    QStringList& words = options.arguments;
    const bool isOne = words.size() == 1 && words.front().contains(QLatin1Char('/'));
    if (isOne)
        words = words.front().split(QLatin1Char('/'));
    if (words.isEmpty() || words.size() > 2 || words.contains(QString()))
        return QCoreApplication::translate("Cli", "“get” takes a kind, and a name if one object is wanted.");
    if (words.size() == 1 && options.isSet("show-secrets"))
        return QCoreApplication::translate("Cli", "--show-secrets goes with the name of one object.");
    if (options.allNamespaces && words.size() == 2)
        return QCoreApplication::translate("Cli", "One object is in one namespace: name it with -n.");
    return {};
}

} // namespace

Command getCommand()
{
    return {.name = "get",
            .arguments = "KIND [NAME]",
            .summary = QT_TRANSLATE_NOOP("Cli", "the server's own table of a kind, or one object"),
            .options = {{"show-secrets", nullptr,
                         QT_TRANSLATE_NOOP("Cli", "Show the passwords, keys and tokens in TKEStack's objects, too.")}},
            .check = checkGet,
            .run = runGet};
}

} // namespace cli
