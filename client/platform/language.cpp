#include "client/platform/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace cb::platform {

Language::Language(QObject* parent)
    : QObject(parent)
    , m_code(QStringLiteral("en")) {}

Language::~Language() {
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::set(const QString& code) {
    QString wanted = code;
    if (wanted.isEmpty())
        wanted = QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    // The locale first: translated widgets format their dates in it. Also when the texts stay: English on a German
    // system has English dates.
    QLocale::setDefault(wanted == QLatin1String("en") ? QLocale(QLocale::English) : QLocale(wanted));
    if (wanted == m_code)
        return;
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    m_code = wanted;
    if (m_qt.load(QStringLiteral("qtbase_") + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/i18n/cloudbell_%1.qm").arg(wanted)))
        QCoreApplication::installTranslator(&m_own);
    Q_EMIT changed(m_code);
}

} // namespace cb::platform
