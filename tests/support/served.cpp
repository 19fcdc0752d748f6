#include "tests/support/served.h"

#include <QCryptographicHash>

namespace support {
namespace {

QByteArray metadataJson(const ServedObject& object)
{
    QByteArray json = R"({"name":")" + object.name + R"(",)";
    if (!object.nameSpace.isEmpty())
        json += R"("namespace":")" + object.nameSpace + R"(",)";
    return json + R"("uid":")" + uidOf(object) + R"(","resourceVersion":")" + QByteArray::number(object.version) +
           R"(","creationTimestamp":"2026-01-02T03:04:05Z"})";
}

QByteArray joined(const std::vector<ServedObject>& objects, QByteArray (*json)(const ServedObject&))
{
    QByteArray all;
    for (const ServedObject& object : objects)
        all += (all.isEmpty() ? "" : ",") + json(object);
    return all;
}

QByteArray rowJson(const ServedObject& object)
{
    return R"({"cells":[")" + object.name + R"(",)" + QByteArray::number(object.value) +
           R"(,"5d"],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":)" +
           metadataJson(object) + "}}";
}

QByteArray listMetadata(int version, const QByteArray& continueToken)
{
    QByteArray json = R"({"resourceVersion":")" + QByteArray::number(version) + '"';
    if (!continueToken.isEmpty())
        json += R"(,"continue":")" + continueToken + '"';
    return json + '}';
}

} // namespace

QByteArray uidOf(const ServedObject& object)
{
    if (!object.uid.isEmpty())
        return object.uid;
    QByteArray hex = QCryptographicHash::hash(object.nameSpace + '/' + object.name, QCryptographicHash::Md5).toHex();
    for (const int dash : {8, 13, 18, 23})
        hex.insert(dash, '-');
    return hex;
}

QByteArray objectJson(const ServedObject& object)
{
    return R"({"metadata":)" + metadataJson(object) + R"(,"status":{"phase":"Active"}})";
}

QByteArray listHead(const std::vector<ServedObject>& objects, int version)
{
    return R"({"kind":"NamespaceList","apiVersion":"v1","metadata":)" + listMetadata(version, {}) + R"(,"items":[)" +
           joined(objects, objectJson);
}

QByteArray listTail()
{
    return "]}\n";
}

QByteArray listJson(const std::vector<ServedObject>& objects, int version, const QByteArray& continueToken)
{
    return R"({"kind":"NamespaceList","apiVersion":"v1","metadata":)" + listMetadata(version, continueToken) +
           R"(,"items":[)" + joined(objects, objectJson) + listTail();
}

QByteArray tableJson(const std::vector<ServedObject>& objects, int version, const QByteArray& continueToken,
                     const QByteArray& column, bool withColumns)
{
    QByteArray json = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":)" +
                      listMetadata(version, continueToken) + R"(,"columnDefinitions":)";
    if (withColumns)
        json += R"([{"name":"Name","type":"string","format":"name","description":"","priority":0},{"name":")" + column +
                R"(","type":"integer","format":"","description":"","priority":0},)"
                R"({"name":"Age","type":"string","format":"","description":"","priority":0}])";
    else
        json += "null";
    return json + R"(,"rows":[)" + joined(objects, rowJson) + "]}\n";
}

QByteArray eventJson(const QByteArray& type, const QByteArray& object)
{
    return R"({"type":")" + type + R"(","object":)" + object.trimmed() + "}\n";
}

QByteArray eventJson(const QByteArray& type, const ServedObject& object)
{
    return eventJson(type, objectJson(object));
}

QByteArray bookmarkJson(int version)
{
    return eventJson("BOOKMARK", R"({"kind":"Namespace","metadata":{"resourceVersion":")" +
                                     QByteArray::number(version) + R"(","creationTimestamp":null}})");
}

QByteArray statusJson(int code, const QByteArray& reason, const QByteArray& cause)
{
    QByteArray json = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"scripted",)"
                      R"("reason":")" +
                      reason + '"';
    if (!cause.isEmpty())
        json += R"(,"details":{"causes":[{"reason":")" + cause + R"(","message":"scripted"}]})";
    return json + R"(,"code":)" + QByteArray::number(code) + "}\n";
}

} // namespace support
