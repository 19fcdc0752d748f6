#pragma once
// main() of a test of the window: on the offscreen platform unless another is asked for, in Fusion, in English, with
// settings of its own.

#include "ui/theme/style.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTest>

#define ALIDADE_UI_TEST_MAIN(Class)                                                                                    \
    int main(int argc, char** argv)                                                                                    \
    {                                                                                                                  \
        if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))                                                            \
            qputenv("QT_QPA_PLATFORM", "offscreen");                                                                   \
        QStandardPaths::setTestModeEnabled(true);                                                                      \
        QApplication::setStyle(new ui::Style);                                                                         \
        QApplication application(argc, argv);                                                                          \
        Class test;                                                                                                    \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }
