#include "app/base/logging.h"

Q_LOGGING_CATEGORY(logTransport, "alidade.transport", QtWarningMsg)
Q_LOGGING_CATEGORY(logKube, "alidade.kube", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "alidade.store", QtWarningMsg)
