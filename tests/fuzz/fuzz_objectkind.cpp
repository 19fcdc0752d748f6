// Any bytes as an item of each kind: a row whose cells can be shown and compared, or an error.

#include "app/base/visible.h"
#include "app/kube/celltext.h"
#include "app/kube/objectkind.h"

#include <cstdlib>

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void check(const kube::ObjectKind& kind, simdjson::ondemand::parser& parser, const simdjson::padded_string& json)
{
    simdjson::ondemand::document document;
    simdjson::ondemand::object item;
    if (parser.iterate(json).get(document) || document.get_object().get(item))
        return;
    kube::RowBuilder builder(kind.cells);
    builder.begin();
    if (kind.project(item, builder))
        return;
    builder.commit();
    const kube::RowBatch batch = builder.take();
    require(batch.size() == 1);
    std::vector<QString> texts{QString()};
    texts.insert(texts.end(), batch.texts.begin(), batch.texts.end());
    const kube::RowView view = kube::rowView(batch, 0, texts);
    require(!view.name().empty());
    for (const kube::Column& column : kind.columns) {
        const QString text = kube::cellText(column, view, 1795348823);
        require(text.size() <= base::LongestShownText + 1);
        require(base::visible(text) == text || text.size() > base::LongestShownText);
        require(kube::compareCells(column, view, view) == 0);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto* const text = reinterpret_cast<const char*>(data);
    const simdjson::padded_string json(text, size);
    simdjson::ondemand::parser parser;
    for (const kube::ObjectKind* kind : kube::objectKinds())
        check(*kind, parser, json);
    (void)kube::parseTime({text, size});
    return 0;
}
