#pragma once

/* Shared between fault_disk.c inside the server and the test: a file mapped by both. */
struct cb_fault_disk {
    long sync_delay_micros; /* added to every fsync and fdatasync */
    long full;              /* 1: every write says ENOSPC */
    long fail_write;        /* the write with this number says EIO; 0 = none */
    long fail_sync;         /* the sync with this number says EIO; 0 = none */
    long writes;            /* counted so far */
    long syncs;
};
