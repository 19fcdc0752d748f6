#pragma once
// A made-up platform: a shop with two namespaces, one of them in conflict, a child without any, a business that failed,
// and a namespace whose business is not there.

#include "app/tke/businessstate.h"

#include <memory>

namespace support {

inline QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

inline std::shared_ptr<const tke::BusinessPicture> shopPicture()
{
    auto picture = std::make_shared<tke::BusinessPicture>();
    tke::Business shop{.name = qs("prj-shop"), .displayName = qs("Shop"), .tenant = qs("acme"), .phase = qs("Active")};
    shop.members = {qs("zhangsan"), qs("lisi")};
    shop.clusters = {{.cluster = qs("cls-bj"),
                      .hard = {{qs("cpu"), qs("8")}, {qs("memory"), qs("128Gi")}},
                      .used = {{qs("cpu"), qs("5500m")}, {qs("memory"), qs("96Gi")}}},
                     {.cluster = qs("cls-sh"), .hard = {}, .used = {}}};
    tke::Business child{.name = qs("prj-child"),
                        .displayName = qs("Child"),
                        .tenant = qs("acme"),
                        .parent = qs("prj-shop"),
                        .phase = qs("Active")};
    tke::Business broken{.name = qs("prj-broken"),
                         .displayName = qs("Broken"),
                         .tenant = qs("acme"),
                         .phase = qs("Failed"),
                         .locked = true};
    broken.message = qs("failed to add business member");
    broken.reason = qs("user nobody not found");
    picture->survey.businesses = {shop, child, broken};
    picture->survey.namespaces = {{.business = qs("prj-shop"),
                                   .name = qs("cls-bj-web"),
                                   .cluster = qs("cls-bj"),
                                   .clusterDisplayName = qs("Beijing"),
                                   .nameSpace = qs("web"),
                                   .phase = qs("Available"),
                                   .hard = {{qs("cpu"), qs("4")}, {qs("memory"), qs("64Gi")}},
                                   .used = {{qs("cpu"), qs("1")}, {qs("memory"), qs("8Gi")}}},
                                  {.business = qs("prj-shop"),
                                   .name = qs("cls-bj-cart"),
                                   .cluster = qs("cls-bj"),
                                   .clusterDisplayName = qs("Beijing"),
                                   .nameSpace = qs("cart"),
                                   .phase = qs("Failed"),
                                   .code = qs("ConflictProject"),
                                   .prose = qs("namespace belongs to another project"),
                                   .hard = {{qs("cpu"), qs("1500m")}, {qs("memory"), qs("32Gi")}}},
                                  {.business = qs("prj-gone"),
                                   .name = qs("cls-sh-lost"),
                                   .cluster = qs("cls-sh"),
                                   .nameSpace = qs("lost"),
                                   .phase = qs("Pending")}};
    picture->live = {{.exists = true,
                      .labelled = true,
                      .owner = qs("prj-shop"),
                      .conflict = false,
                      .hasQuota = true,
                      .hard = {{qs("cpu"), qs("4")}, {qs("memory"), qs("64Gi")}},
                      .used = {{qs("cpu"), qs("900m")}}},
                     {.exists = true, .labelled = true, .owner = qs("prj-other"), .conflict = true, .hasQuota = false},
                     {.exists = false}};
    picture->nameClusters();
    return picture;
}

/// Children of ten parents each, namespaces spread evenly, over twenty clusters.
inline std::shared_ptr<const tke::BusinessPicture> largePicture(int businesses, int namespaces)
{
    auto picture = std::make_shared<tke::BusinessPicture>();
    for (int i = 0; i < businesses; ++i) {
        tke::Business business{.name = qs("prj-%1").arg(i, 4, 10, QLatin1Char('0')),
                               .displayName = qs("Business %1").arg(i),
                               .phase = qs("Active")};
        if (i % 10 != 0)
            business.parent = picture->survey.businesses[static_cast<std::size_t>(i - i % 10)].name;
        business.clusters = {
            {.cluster = qs("cls-%1").arg(i % 20), .hard = {{qs("cpu"), qs("100")}}, .used = {{qs("cpu"), qs("40")}}}};
        picture->survey.businesses.push_back(std::move(business));
    }
    for (int i = 0; i < namespaces; ++i) {
        const int of = i * businesses / namespaces;
        tke::BusinessNamespace space{.business = picture->survey.businesses[static_cast<std::size_t>(of)].name,
                                     .cluster = qs("cls-%1").arg(of % 20),
                                     .nameSpace = qs("ns-%1").arg(i),
                                     .phase = qs("Available"),
                                     .hard = {{qs("cpu"), QString::number(i % 64)}}};
        space.name = space.cluster + QLatin1Char('-') + space.nameSpace;
        picture->survey.namespaces.push_back(std::move(space));
        picture->live.push_back({.exists = true, .labelled = true, .conflict = false, .hasQuota = true});
    }
    picture->nameClusters();
    return picture;
}

} // namespace support
