#pragma once

#include "client/widgets/controls/fact_list.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/tick_list.h"

#include <QtCore/QVariant>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QSpinBox>

#include <map>

namespace cb::base {
struct Error;
}

namespace cb::admin {

/// A number with its label, between two bounds.
class NumberField : public widgets::Field {
    Q_OBJECT
public:
    NumberField(const QString& label, int least, int most, const QString& unit = {}, QWidget* parent = nullptr);
    QSpinBox* box() const { return m_box; }

private:
    QSpinBox* m_box;
};

/// A column of fields that knows what it said at first, and puts what the server refuses at the field it means. `name`
/// is always the field's name on the wire.
class Form : public QWidget {
    Q_OBJECT
public:
    explicit Form(QWidget* parent = nullptr);

    widgets::TextField* addText(const QString& name, const QString& label, const QString& value, int most = 0);
    widgets::TextArea* addArea(const QString& name, const QString& label, const QString& value, int lines);
    NumberField* addNumber(const QString& name, const QString& label, int value, int least, int most,
                           const QString& unit = {});
    QCheckBox* addCheck(const QString& label, bool value);
    /// Entries are text and data; `value` is the data chosen first.
    widgets::SelectField* addSelect(const QString& name, const QString& label,
                                    const std::vector<std::pair<QString, QVariant>>& entries, const QVariant& value);
    widgets::TickList* addTicks(const QString& label, const std::vector<widgets::TickList::Row>& rows,
                                const QString& nothing);
    void addFacts(const std::vector<widgets::FactList::Fact>& facts);
    widgets::Label* addNote(const QString& text);
    void addTitle(const QString& text);
    void add(QWidget* widget);
    QVBoxLayout* column() const { return m_column; }

    /// Since it was made or last taken for saved.
    bool isEdited() const;
    void setSaved();
    /// At the field the error is about; false: it is about none of these.
    bool showError(const base::Error& error);

Q_SIGNALS:
    void changed();

private:
    using Value = std::function<QVariant()>;
    void watch(Value value);
    void name(const QString& name, widgets::Field* field);

    QVBoxLayout* m_column;
    std::vector<std::pair<Value, QVariant>> m_values;
    std::map<QString, widgets::Field*> m_fields;
};

} // namespace cb::admin
