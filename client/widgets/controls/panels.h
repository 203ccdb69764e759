#pragma once

#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cb::widgets {

/// A rounded surface with a hairline. body() is its column.
class Card : public Themed<QFrame> {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    QVBoxLayout* body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyle() override;

private:
    QVBoxLayout* m_body;
};

/// A title with room for actions at its right: RINGING (1).
class SectionHeader : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit SectionHeader(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    /// Shown in brackets after the title; negative for none.
    void setCount(int count);
    void addAction(QWidget* action);
    /// In a padded column: the title stands in line with the fields, not inset as in a list.
    void setFlush();

private:
    void tell();
    QString m_title;
    int m_count = -1;
    ElidedLabel* m_label;
    QHBoxLayout* m_row;
};

/// What a page or a list shows when it has nothing: what this is for, and the button that makes the first one.
class EmptyState : public Themed<QWidget> {
    Q_OBJECT
public:
    EmptyState(Glyph glyph, const QString& sentence, const QString& action = {}, QWidget* parent = nullptr);
    void setSentence(const QString& sentence);
    void setGlyph(Glyph glyph);
    Button* button() const { return m_button; }

Q_SIGNALS:
    void triggered();

protected:
    void restyle() override;

private:
    Glyph m_glyph;
    QLabel* m_picture;
    Label* m_sentence;
    Button* m_button;
};

/// The thin line under the top edge: connection trouble, a pending restart. Takes no room while hidden.
class Strip : public Themed<QWidget> {
    Q_OBJECT
public:
    enum class Grade { Info, Warning, Error };

    explicit Strip(QWidget* parent = nullptr);
    /// Shows the strip; an empty \p action leaves its button out.
    void tell(Grade grade, const QString& sentence, const QString& action = {});
    void setClosable(bool closable);

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyle() override;
    void retranslate() override;

private:
    Grade m_grade = Grade::Info;
    Label* m_text;
    Button* m_action;
    IconButton* m_close;
};

/// A hairline.
class Separator : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit Separator(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {1, 1}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A widget on one of the three grounds.
class Ground : public Themed<QWidget> {
    Q_OBJECT
public:
    enum class Kind { Window, Surface, Sunken };
    explicit Ground(Kind kind, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind;
};

} // namespace cb::widgets
