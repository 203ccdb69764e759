#include "client/floweditor/panels/palette.h"

#include "client/floweditor/document/words.h"
#include "client/widgets/overlay/list_row.h"

#include <QtCore/QMimeData>
#include <QtGui/QDrag>

namespace cb::floweditor {

using flow::Kind;

namespace {

constexpr Kind kKinds[] = {Kind::Start, Kind::Message, Kind::Branch, Kind::Transfer, Kind::End};

} // namespace

class Palette::List final : public QListWidget {
public:
    explicit List(QString mime)
        : m_mime(std::move(mime)) {
        setDragEnabled(true);
        setDragDropMode(DragOnly);
        setFrameShape(NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setMouseTracking(true);
        setItemDelegate(new widgets::ListRowDelegate(this));
        viewport()->setAutoFillBackground(false);
    }

protected:
    QStringList mimeTypes() const override { return {m_mime}; }
    QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override {
        auto* mime = new QMimeData;
        if (!items.isEmpty())
            mime->setData(m_mime, QByteArray::number(items.front()->data(Qt::UserRole).toInt()));
        return mime;
    }

private:
    QString m_mime;
};

Palette::Palette(Document& document, const QString& mime, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_document(document)
    , m_title(new widgets::SectionHeader({}))
    , m_fold(new widgets::IconButton(widgets::Glyph::ChevronLeft, {}))
    , m_list(new List(mime))
    , m_hint(new widgets::Label({}, widgets::TextSize::Secondary)) {
    m_title->addAction(m_fold);
    m_hint->setWordWrap(true);
    m_hint->setTone(widgets::Tone::Muted);
    m_hint->setContentsMargins(look().grid(4), 0, look().grid(4), look().grid(3));
    for (const auto kind : kKinds) {
        auto* item = new QListWidgetItem(m_list);
        item->setData(Qt::UserRole, int(kind));
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, look().grid(2), 0, 0);
    column->setSpacing(look().grid(1));
    column->addWidget(m_title);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    connect(m_list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { Q_EMIT chosen(flow::Kind(item->data(Qt::UserRole).toInt())); });
    const auto lock = [this](bool locked) { setEnabled(!locked); };
    connect(&document, &Document::readOnlyChanged, this, lock);
    lock(document.isReadOnly());
    Palette::retranslate();
}

void Palette::addTo(FoldedColumn& column) {
    for (const auto kind : kKinds) {
        auto* button = column.add(glyphOf(kind, m_document.graph().mode));
        m_folded.emplace_back(kind, button);
        connect(button, &QAbstractButton::clicked, this, [this, kind] { Q_EMIT chosen(kind); });
    }
    retranslate();
}

void Palette::retranslate() {
    m_title->setTitle(tr("NODES"));
    m_hint->setText(tr("Drag one onto the canvas, or double-click it."));
    m_list->setAccessibleName(tr("Kinds of nodes"));
    for (int row = 0; row < m_list->count(); ++row) {
        auto* item = m_list->item(row);
        const auto kind = flow::Kind(item->data(Qt::UserRole).toInt());
        item->setText(kindName(kind, m_document.graph().mode));
        item->setData(widgets::GlyphRole, int(glyphOf(kind, m_document.graph().mode)));
    }
    for (const auto& [kind, button] : m_folded)
        button->setLabel(tr("Add: %1").arg(kindName(kind, m_document.graph().mode)));
}

} // namespace cb::floweditor
