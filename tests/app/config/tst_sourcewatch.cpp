// Files that change while the program runs: what they say now is told, once, and a file that is away or half written is
// not taken for an empty one.

#include "app/config/sourcewatch.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using config::Kubeconfig;
using config::Sources;
using config::SourceWatch;

namespace {

QByteArray kubeconfig(const QByteArray& contexts, const QByteArray& token = "one")
{
    QByteArray text =
        "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {server: 'https://192.0.2.1:6443'}\n"
        "users:\n- name: u\n  user: {token: " +
        token + "}\ncontexts:\n";
    for (const QByteArray& name : contexts.split(' '))
        text += "- name: " + name + "\n  context: {cluster: c, user: u}\n";
    return text;
}

} // namespace

class TestSourceWatch : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    Sources m_sources;

    QString path(const char* name) const { return m_dir.filePath(QLatin1String(name)); }
    void write(const QString& file, const QByteArray& text)
    {
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
        out.write(text);
    }
    /// As most programs write: another file in place of the one there.
    void replace(const QString& file, const QByteArray& text)
    {
        write(file + QStringLiteral(".new"), text);
        QVERIFY(::rename(qPrintable(file + QStringLiteral(".new")), qPrintable(file)) == 0);
    }
    static QStringList names(const Kubeconfig& kubeconfig)
    {
        QStringList names;
        for (const config::Context& context : kubeconfig.contexts)
            names << context.name;
        return names;
    }
    void begin(SourceWatch& watch) { watch.start(m_sources, config::loadContexts(m_sources)); }
    static Kubeconfig told(const QSignalSpy& spy) { return spy.last().at(0).value<Kubeconfig>(); }

private slots:
    void init()
    {
        for (const QString& each : QDir(m_dir.path()).entryList(QDir::Files))
            QFile::remove(m_dir.filePath(each));
        write(path("config"), kubeconfig("a b"));
        m_sources = {.explicitFile = {}, .environment = path("config"), .home = m_dir.path()};
    }

    void a_context_that_is_added_is_told()
    {
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        begin(watch);
        replace(path("config"), kubeconfig("a b c"));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(names(told(changed)), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        // The file is another one now, and is watched as well.
        write(path("config"), kubeconfig("a"));
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(names(told(changed)), QStringList({QStringLiteral("a")}));
    }

    void a_change_between_loading_and_watching_is_told()
    {
        const Kubeconfig before = config::loadContexts(m_sources);
        write(path("config"), kubeconfig("z"));
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        watch.start(m_sources, before);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(names(told(changed)), QStringList({QStringLiteral("z")}));
    }

    void a_file_that_appears_is_told()
    {
        QFile::remove(path("config"));
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        begin(watch);
        write(path("config"), kubeconfig("new"));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(names(told(changed)), QStringList({QStringLiteral("new")}));
    }

    void a_certificate_that_is_renewed_is_told()
    {
        QByteArray text = kubeconfig("a");
        text.replace("{token: one}", "{client-certificate: cert.pem, client-key: key.pem}");
        write(path("config"), text);
        write(path("cert.pem"), "no certificate");
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        begin(watch);
        replace(path("cert.pem"), "another one");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(told(changed).contexts.front().user.clientCertificate, QByteArray("another one"));
    }

    void the_same_text_again_is_no_change()
    {
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        begin(watch);
        replace(path("config"), kubeconfig("a b"));
        replace(path("neighbour"), "of no interest");
        replace(path("config"), kubeconfig("a b"));
        QTest::qWait(3'500);
        QCOMPARE(changed.size(), 0);
    }

    void a_broken_file_is_an_error_and_is_told_again_when_it_is_mended()
    {
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        begin(watch);
        write(path("config"), "contexts: [");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(told(changed).errors.size(), std::size_t(1));
        write(path("config"), kubeconfig("a b"));
        QTRY_COMPARE(changed.size(), 2);
        QVERIFY(told(changed).errors.empty());
    }

    void what_came_through_a_pipe_is_not_read_twice()
    {
        const QString pipe = path("pipe");
        QVERIFY(::mkfifo(qPrintable(pipe), 0600) == 0);
        Kubeconfig loaded = config::loadContexts(m_sources);
        loaded.files = QStringList{pipe};
        m_sources.environment = pipe;
        SourceWatch watch;
        QSignalSpy changed(&watch, &SourceWatch::changed);
        watch.start(m_sources, loaded);
        watch.look();
        QTest::qWait(1'000);
        QCOMPARE(changed.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSourceWatch)
#include "tst_sourcewatch.moc"
