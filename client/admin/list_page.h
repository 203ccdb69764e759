#pragma once

#include "client/admin/form.h"
#include "client/admin/page.h"
#include "client/widgets/table/table_page.h"

#include <QtCore/QPointer>

namespace cb::admin {

/// A page that is a list with a drawer. What it shows is asked for when it opens, and when it is outdated while it is
/// seen: after a change, when the server tells of one, and when a lost connection is back.
class ListPage : public widgets::TablePage, public Page {
    Q_OBJECT
public:
    bool isEdited() const override { return drawer()->isEdited(); }
    void leave(std::function<void()> go) override { drawer()->leave(std::move(go)); }

protected:
    explicit ListPage(const Context& context, QWidget* parent = nullptr);

    const Context& context() const { return m_context; }
    state::AdminState& admin() const { return m_context.admin(); }
    void tell(widgets::Strip::Grade grade, const QString& sentence) const { m_context.tell(grade, sentence); }

    /// The rows come from the first one; the others are looked up for names.
    void use(std::initializer_list<state::Loaded*> parts);
    virtual void fill() = 0; ///< there is something new: showRows()

    /// A form in the drawer, after a question when another one was edited. `make` is called then, `save` when it is to
    /// be saved.
    void edit(const QString& title, const QString& save, std::function<Form*()> make, std::function<void(Form&)> store);
    /// Only to look at.
    void inspect(const QString& title, std::function<QWidget*()> make);

    /// What follows an answer: the drawer closes and `said` is told, or the refusal stands in it.
    template <class T>
    state::AdminState::Then<T> saved(std::initializer_list<state::Loaded*> parts, const QString& said) {
        return admin().after<T>(parts, [this, guard = QPointer<QWidget>(this), said](base::Result<T> answer) {
            if (guard)
                finish(answer ? base::Result<void>() : answer.error(), said);
        });
    }
    /// Of what is done without the drawer: the refusal stands over the table.
    template <class T>
    state::AdminState::Then<T> done(std::initializer_list<state::Loaded*> parts, const QString& said) {
        return admin().after<T>(parts, [this, guard = QPointer<QWidget>(this), said](base::Result<T> answer) {
            if (guard)
                conclude(answer ? base::Result<void>() : answer.error(), said);
        });
    }
    /// Asks before something is lost.
    void confirm(const QString& question, const QString& consequence, const QString& action, std::function<void()> yes,
                 bool harmless = false);

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void retranslate() override;

private:
    void load();
    void refresh();
    bool isFresh() const;
    void finish(const base::Result<void>& answer, const QString& said);
    void conclude(const base::Result<void>& answer, const QString& said);

    Context m_context;
    std::vector<state::Loaded*> m_parts;
    std::function<void(Form&)> m_store;
    std::function<void()> m_afterwards; ///< when every part is known as it is now
};

/// "yesterday, 10:05" beside the whole: relative when recent, exact on hover, by value when sorted.
widgets::TableCell timeCell(base::TimePoint at, const QDateTime& now);

} // namespace cb::admin
