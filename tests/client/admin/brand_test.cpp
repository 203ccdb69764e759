#include "client/admin/brand.h"
#include "tests/support/suite.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace cb;

/// The preview of the widget has the widget's colours. The widget's own tests read the same table
/// (tests/e2e/widget/unit/core.test.ts).
class BrandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePreviewHasTheColoursOfTheWidget() {
        QFile file(QStringLiteral(CLOUDBELL_TEST_DATA "/widget/colours.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray table = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(table.size() >= 10);
        for (const auto& row : table) {
            const auto text = [&row](const char* name) { return row.toObject()[QLatin1String(name)].toString(); };
            const QString colour = text("colour");
            const auto brand = admin::brandOf(colour.isEmpty() ? QColor() : QColor(colour));
            QCOMPARE(colour + u' ' + brand.ground.name().toUpper(), colour + u' ' + text("fill"));
            QCOMPARE(colour + u' ' + brand.letters.name().toUpper(), colour + u' ' + text("letters"));
            QCOMPARE(brand.darkened, !colour.isEmpty() && colour != text("fill"));
        }
    }
};

static const test::Add<BrandTest> addedBrandTest;
#include "brand_test.moc"
