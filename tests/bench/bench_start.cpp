// The window's way from exec() to its first paint, as the program composes it. Prints one line of JSON: milliseconds
// since the time given, which is that of the clock CLOCK_MONOTONIC just before the fork, in nanoseconds.
//
// bench_start NANOSECONDS SETTINGS [--files]: with --files, also each file that is mapped, for those who evict them.

#include "ui/composition.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QFile>
#include <QTimer>
#include <cstdio>
#include <ctime>

namespace {

qint64 now()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

void printMappedFiles()
{
    QFile file(QStringLiteral("/proc/self/maps"));
    if (!file.open(QFile::ReadOnly))
        return;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (const auto slash = line.indexOf('/'); slash > 0)
            std::printf("%s\n", line.mid(slash).constData());
}

class FirstPaint final : public QObject {
public:
    explicit FirstPaint(std::function<void()> then) : m_then(std::move(then)) {}

private:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        // The event of the window itself is the first; its children are painted before the loop turns.
        if (event->type() == QEvent::Paint && std::exchange(m_waits, false))
            QTimer::singleShot(0, watched, m_then);
        return false;
    }
    std::function<void()> m_then;
    bool m_waits = true;
};

} // namespace

int main(int argc, char* argv[])
{
    const qint64 entered = now();
    if (argc < 3)
        return 2;
    const qint64 begun = QByteArray(argv[1]).toLongLong();
    QCoreApplication::setApplicationName(QStringLiteral("alidade"));
    QApplication::setStyle(QStringLiteral("fusion"));
    QApplication application(argc, argv);
    const qint64 ready = now();
    ui::Composition composition({.language = QStringLiteral("zh_CN"), .settings = QString::fromLocal8Bit(argv[2])});
    const qint64 built = now();
    FirstPaint paint([&] {
        const auto ms = [&](qint64 at) { return static_cast<double>(at - begun) / 1e6; };
        std::printf("{\"main\":%.1f,\"application\":%.1f,\"built\":%.1f,\"painted\":%.1f}\n", ms(entered), ms(ready),
                    ms(built), ms(now()));
        if (argc > 3)
            printMappedFiles();
        QApplication::quit();
    });
    composition.window().installEventFilter(&paint);
    composition.window().show();
    return QApplication::exec();
}
