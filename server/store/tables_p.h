#pragma once

#include "server/store/statements_p.h"
#include "server/store/tables.h"

#include <optional>
#include <span>

namespace cb::store {

/// The prepared statements of the writing connection. Its members throw; Tables makes Results of that. One thread.
struct Tables::Impl {
    explicit Impl(Connection& opened)
        : connection(opened) {}

    void put(const model::Instance& row) { write(m_instance, row); }
    void put(const model::Group& row) { write(m_group, row); }
    void put(const model::Agent& row);
    void put(const model::Channel& row) { write(m_channel, row); }
    void put(const model::Customer& row);
    void put(const model::QuickReply& row) { write(m_quickReply, row); }
    void put(const model::Session& row) { write(m_session, row); }
    void put(const model::Presence& row) { write(m_presence, row); }
    void put(const model::Offer& row) { write(m_offer, row); }
    void put(const FlowRow& row);
    void put(const ScreenPopList& row);
    void put(const Mail& row) {
        write(m_mail, row);
        mailsDue = true;
    }
    /// Of everything this agent is signed in with.
    void revoke(model::AgentId agent);
    void put(const Credential& row) { write(m_credential, row); }
    void put(const TrunkRow& row) { write(m_trunk, row); }
    void put(const model::PhoneNumber& row) { write(m_phoneNumber, row); }
    void put(const model::Audio& row) { write(m_audio, row); }
    void put(const model::Call& row) { write(m_call, row); }
    void put(const SessionMarks& row);
    void insert(const model::Event& row) { write(m_event, row, OnConflict::Fail); }
    void insert(const model::Attachment& row) { write(m_attachment, row, OnConflict::Fail); }
    void insert(const Token& row) { write(m_token, row, OnConflict::Fail); }
    void remove(model::GroupId id);
    void remove(model::QuickReplyId id);
    void remove(model::CustomerId id);
    void erase(const model::Customer& row);

    /// Several batches as if one after the other. Of each session only the last row and the last marks are written.
    /// Removals come first (a name may be given again in the same batch), so a batch that removes goes alone.
    void apply(std::span<const Batch* const> run);

    /// Runs `sql` once. For what is rare.
    std::int64_t change(const std::string& sql, std::initializer_list<std::int64_t> numbers,
                        std::initializer_list<std::string_view> texts = {});

    /// `work`, its exceptions made into errors; remembers when the storage failed.
    template <class Work>
    auto attempt(Work&& work) {
        auto result = guarded(connection, std::forward<Work>(work));
        if (!result && result.error().code == "storage_unavailable")
            storageError = result.error();
        return result;
    }

    Connection& connection;
    std::uint64_t rows = 0;                  ///< written since this object was made
    bool mailsDue = false;                   ///< a letter was put that may be due; the Writer looks after the commit
    std::optional<base::Error> storageError; ///< the storage failed: the transaction is lost

private:
    void applySessions(std::span<const Batch* const> run, std::vector<const SessionMarks*>& marks);

    template <class Row>
    void write(Lazy<RowWriter<Row>>& writer, const Row& row, OnConflict onConflict = OnConflict::Replace) {
        writer.get(connection, onConflict).write(row);
        ++rows;
    }

    Lazy<RowWriter<model::Instance>> m_instance;
    Lazy<RowWriter<model::Group>> m_group;
    Lazy<RowWriter<AgentRow>> m_agent;
    Lazy<RowWriter<model::Channel>> m_channel;
    Lazy<RowWriter<model::Customer>> m_customer;
    Lazy<RowWriter<model::QuickReply>> m_quickReply;
    Lazy<RowWriter<model::Session>> m_session;
    Lazy<RowWriter<model::Presence>> m_presence;
    Lazy<RowWriter<model::Offer>> m_offer;
    Lazy<RowWriter<model::Event>> m_event;
    Lazy<RowWriter<model::Attachment>> m_attachment;
    Lazy<RowWriter<Credential>> m_credential;
    Lazy<RowWriter<Token>> m_token;
    Lazy<RowWriter<Mail>> m_mail;
    Lazy<RowWriter<TrunkRow>> m_trunk;
    Lazy<RowWriter<model::PhoneNumber>> m_phoneNumber;
    Lazy<RowWriter<model::Audio>> m_audio;
    Lazy<RowWriter<model::Call>> m_call;
    Lazy<Prepared> m_marks;
    Lazy<Prepared> m_renamed;
    Lazy<Prepared> m_membership;
};

} // namespace cb::store
