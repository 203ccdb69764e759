#include "client/widgets/controls/format.h"
#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"
#include "client/widgets/transcript/transcript_row.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace cb::widgets {

namespace {

QString dayText(const QDate& date, const RowTexts& texts) {
    const QDate today = QDate::currentDate();
    if (date == today)
        return texts.today;
    if (date == today.addDays(-1))
        return texts.yesterday;
    return QLocale().toString(date, QLocale::LongFormat);
}

void paintDay(QPainter& painter, const RowLayout& row, const Look& look, const RowTexts& texts) {
    const QString text = dayText(row.data.time.date(), texts);
    painter.setFont(look.font(TextSize::Secondary, true));
    painter.setPen(look.color.muted);
    painter.drawText(row.day, Qt::AlignCenter, text);
    const int half = painter.fontMetrics().horizontalAdvance(text) / 2 + look.grid(3);
    const int y = row.day.center().y();
    const int middle = row.day.center().x();
    painter.fillRect(QRect(QPoint(look.grid(4), y), QPoint(middle - half, y)), look.color.border);
    painter.fillRect(QRect(QPoint(middle + half, y), QPoint(row.day.right() - look.grid(4), y)), look.color.border);
}

void paintTick(QPainter& painter, const RowLayout& row, const Look& look) {
    const int size = look.px(14);
    const QRectF box(row.meta.right() + 1 - size, row.meta.top(), size, row.meta.height());
    const Tokens& t = look.color;
    switch (row.data.delivery) {
    case Delivery::None:
        return;
    case Delivery::Sending:
        paintGlyph(painter, box, Glyph::Clock, t.muted, look.px(12));
        return;
    case Delivery::Sent:
        paintGlyph(painter, box, Glyph::Check, t.muted, size);
        return;
    case Delivery::Delivered:
        paintGlyph(painter, box, Glyph::CheckCheck, t.muted, size);
        return;
    case Delivery::Read:
        paintGlyph(painter, box, Glyph::CheckCheck, t.accent, size);
        return;
    case Delivery::Failed:
        paintGlyph(painter, box, Glyph::CircleAlert, t.busy, size);
        return;
    }
}

/// A ring that fills: how much of a picture or file is there.
void paintProgress(QPainter& painter, const QRectF& box, int percent, const Look& look, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor faint = color;
    faint.setAlpha(70);
    painter.setPen(QPen(faint, look.px(3)));
    painter.drawEllipse(box);
    painter.setPen(QPen(color, look.px(3), Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(box, 90 * 16, -percent * 360 * 16 / 100);
    painter.restore();
}

void paintPicture(QPainter& painter, const RowLayout& row, const Look& look) {
    const Tokens& t = look.color;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath clip;
    clip.addRoundedRect(row.picture, look.bubbleRadius() - look.grid(1), look.bubbleRadius() - look.grid(1));
    painter.setClipPath(clip);
    if (row.scaled.isNull()) {
        painter.fillRect(row.picture, t.sunken);
        if (row.data.progress < 0)
            paintGlyph(painter, row.picture, Glyph::Image, t.muted, look.px(28));
    } else {
        painter.drawPixmap(row.picture.topLeft(), row.scaled);
    }
    if (row.data.progress >= 0) {
        const qreal side = look.px(36);
        QRectF disc(0, 0, side, side);
        disc.moveCenter(QRectF(row.picture).center());
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 130));
        painter.drawEllipse(disc);
        const qreal inset = look.px(6);
        paintProgress(painter, disc.adjusted(inset, inset, -inset, -inset), row.data.progress, look, Qt::white);
    }
    painter.restore();
}

void paintFile(QPainter& painter, const RowLayout& row, const Look& look) {
    const Tokens& t = look.color;
    const int side = look.px(36);
    const QRectF box(row.file.left(), row.file.top() + (row.file.height() - side) / 2.0, side, side);
    paintRounded(painter, box, look.radius(), t.hover);
    if (row.data.progress >= 0) {
        const qreal inset = look.px(8);
        paintProgress(painter, box.adjusted(inset, inset, -inset, -inset), row.data.progress, look, t.accent);
    } else {
        paintGlyph(painter, box, Glyph::FileText, t.accent, look.largeIconSize());
    }
    const int left = row.file.left() + side + look.px(10);
    const int room = row.file.right() - left + 1;
    const QFontMetrics body(look.body);
    const QFontMetrics small(look.secondary);
    const int top = row.file.center().y() - (body.height() + small.height()) / 2;
    painter.setFont(look.body);
    painter.setPen(t.text);
    painter.drawText(QRect(left, top, room, body.height()), Qt::AlignVCenter,
                     body.elidedText(row.data.fileName, Qt::ElideMiddle, room));
    painter.setFont(look.secondary);
    painter.setPen(t.muted);
    QString size = row.data.fileSize < 0 ? QString() : formatBytes(row.data.fileSize);
    if (row.data.progress >= 0)
        size += QStringLiteral(" · %1 %").arg(row.data.progress);
    painter.drawText(QRect(left, top + body.height(), room, small.height()), Qt::AlignVCenter, size);
}

void paintText(QPainter& painter, const RowLayout& row, const Look& look, const RowPaint& paint, const QColor& color) {
    QList<QTextLayout::FormatRange> formats;
    for (const Link& link : row.links) {
        QTextLayout::FormatRange range;
        range.start = link.from;
        range.length = link.length;
        range.format.setForeground(look.color.accent);
        range.format.setFontUnderline(&link == paint.hovered);
        formats.append(range);
    }
    if (paint.selectedTo > paint.selectedFrom) {
        QTextLayout::FormatRange range;
        range.start = paint.selectedFrom;
        range.length = qMin(paint.selectedTo, int(row.data.text.size())) - paint.selectedFrom;
        range.format.setBackground(look.color.accent);
        range.format.setForeground(look.color.onAccent);
        formats.append(range);
    }
    painter.setPen(color);
    row.text->draw(&painter, row.textAt, formats);
}

/// Warm ground, a bar at the left, a broken outline: nothing that was said to the customer looks like this.
void paintNote(QPainter& painter, const RowLayout& row, const Look& look, const RowTexts& texts,
               const RowPaint& paint) {
    const Tokens& t = look.color;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(row.bubble).adjusted(0.5, 0.5, -0.5, -0.5);
    QPen outline(mix(t.surface, t.wrapUp, 0.6), 1, Qt::DashLine);
    painter.setPen(outline);
    painter.setBrush(mix(t.surface, t.wrapUp, t.dark ? 0.12 : 0.07));
    painter.drawRoundedRect(card, look.radius(), look.radius());
    painter.restore();
    painter.fillRect(QRectF(row.bubble.left(), row.bubble.top() + look.radius(), look.px(3),
                            row.bubble.height() - 2 * look.radius()),
                     t.wrapUp);
    painter.setFont(look.font(TextSize::Secondary, true));
    painter.setPen(t.text);
    const QString head = row.data.author.isEmpty() ? texts.note : texts.note + QStringLiteral(" · ") + row.data.author;
    painter.drawText(row.author, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(head, Qt::ElideRight, row.author.width()));
    paintText(painter, row, look, paint, t.text);
    painter.setFont(look.secondary);
    painter.setPen(t.text);
    painter.drawText(row.hidden, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(texts.noteHidden, Qt::ElideRight, row.hidden.width()));
    painter.drawText(row.meta, Qt::AlignVCenter | Qt::AlignRight,
                     QLocale().toString(row.data.time.time(), QLocale::ShortFormat));
    if (paint.current)
        paintFocusRing(painter, QRectF(row.bubble).adjusted(-3, -3, 3, 3), look.radius() + 2, look);
}

void paintFailure(QPainter& painter, const RowLayout& row, const Look& look, const RowTexts& texts) {
    painter.setFont(look.secondary);
    painter.setPen(look.color.busy);
    const bool left = row.data.side == TranscriptSide::Customer;
    painter.drawText(row.failure, (left ? Qt::AlignLeft : Qt::AlignRight) | Qt::TextWordWrap, row.data.error);
    painter.setPen(look.color.accent);
    if (!row.retry.isEmpty())
        painter.drawText(row.retry, Qt::AlignVCenter | Qt::AlignLeft, texts.retry);
    painter.drawText(row.discard, Qt::AlignVCenter | Qt::AlignLeft, texts.discard);
}

void paintBubble(QPainter& painter, const RowLayout& row, const Look& look, const RowPaint& paint) {
    const Tokens& t = look.color;
    const RowData& data = row.data;
    const bool customer = data.side == TranscriptSide::Customer;
    const QColor fill = customer ? t.customerBubble : data.side == TranscriptSide::Agent ? t.agentBubble : t.flowBubble;
    const QColor outline = data.side == TranscriptSide::Agent ? QColor() : t.border;
    paintRounded(painter, row.bubble, look.bubbleRadius(), fill, outline);
    if (!row.picture.isEmpty())
        paintPicture(painter, row, look);
    if (!row.file.isEmpty())
        paintFile(painter, row, look);
    if (row.text != nullptr)
        paintText(painter, row, look, paint, t.text);
    painter.setFont(look.secondary);
    painter.setPen(t.muted);
    painter.drawText(row.meta, Qt::AlignVCenter | Qt::AlignLeft,
                     QLocale().toString(data.time.time(), QLocale::ShortFormat));
    paintTick(painter, row, look);
    if (paint.current)
        paintFocusRing(painter, QRectF(row.bubble).adjusted(-3, -3, 3, 3), look.bubbleRadius() + 2, look);
}

} // namespace

void paintRow(QPainter& painter, const RowLayout& row, int, const Look& look, const RowTexts& texts,
              const RowPaint& paint) {
    const Tokens& t = look.color;
    if (!row.day.isEmpty())
        paintDay(painter, row, look, texts);
    if (row.data.kind == TranscriptKind::System) {
        paintText(painter, row, look, paint, t.muted);
        return;
    }
    if (row.data.kind == TranscriptKind::Note) {
        paintNote(painter, row, look, texts, paint);
        return;
    }
    if (!row.author.isEmpty()) {
        painter.setFont(look.secondary);
        painter.setPen(t.muted);
        const bool left = row.data.side == TranscriptSide::Customer;
        painter.drawText(row.author, int(Qt::AlignVCenter) | int(left ? Qt::AlignLeft : Qt::AlignRight),
                         painter.fontMetrics().elidedText(row.data.author, Qt::ElideRight, row.author.width()));
    }
    paintBubble(painter, row, look, paint);
    if (!row.discard.isEmpty())
        paintFailure(painter, row, look, texts);
}

} // namespace cb::widgets
