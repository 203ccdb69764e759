#pragma once

#include <QObject>
#include <QTranslator>

namespace cb::platform {

/// The program's language. Setting it loads the program's and Qt's texts and changes QLocale's default; every widget is
/// told by QEvent::LanguageChange, so nothing needs a restart. English is in the sources and needs no file.
class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(QObject* parent = nullptr);
    ~Language() override;

    /// “zh_CN” or “en”; empty: the system's, English when we do not have it.
    void set(const QString& code);
    /// The one in force.
    QString code() const { return m_code; }

Q_SIGNALS:
    void changed(const QString& code);

private:
    QTranslator m_own;
    QTranslator m_qt;
    QString m_code;
};

} // namespace cb::platform
