/* A preloaded library that makes the disk slow, failing or full for one process, to test the real server. What it does
 * is in a small file that both sides map (fault_disk.h); the file's name is in CLOUDBELL_FAULT_DISK. Only files whose
 * name holds "cloudbell.db" are touched. */
#define _GNU_SOURCE
#include "tests/support/disk/fault_disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static struct cb_fault_disk* control(void) {
    static struct cb_fault_disk* mapped;
    static int tried;
    if (!tried) {
        tried = 1;
        const char* name = getenv("CLOUDBELL_FAULT_DISK");
        const int fd = name ? open(name, O_RDWR) : -1;
        if (fd >= 0) {
            void* at = mmap(NULL, sizeof(struct cb_fault_disk), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
            if (at != MAP_FAILED)
                mapped = at;
            close(fd);
        }
    }
    return mapped;
}

static int concerns(int fd) {
    char link[64];
    char name[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t n = readlink(link, name, sizeof name - 1);
    if (n <= 0)
        return 0;
    name[n] = 0;
    return strstr(name, "cloudbell.db") != NULL;
}

/* 0: go on; else the errno to fail with. */
static int write_fault(int fd) {
    struct cb_fault_disk* c = control();
    if (!c || !concerns(fd))
        return 0;
    const long n = __atomic_add_fetch(&c->writes, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&c->full, __ATOMIC_SEQ_CST))
        return ENOSPC;
    return c->fail_write == n ? EIO : 0;
}

static int sync_fault(int fd) {
    struct cb_fault_disk* c = control();
    if (!c || !concerns(fd))
        return 0;
    const long n = __atomic_add_fetch(&c->syncs, 1, __ATOMIC_SEQ_CST);
    const long delay = __atomic_load_n(&c->sync_delay_micros, __ATOMIC_SEQ_CST);
    if (delay > 0)
        usleep((useconds_t)delay);
    return c->fail_sync == n ? EIO : 0;
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

ssize_t pwrite64(int fd, const void* buffer, size_t n, off64_t at) {
    const int fault = write_fault(fd);
    if (fault) {
        errno = fault;
        return -1;
    }
    return NEXT(ssize_t(*)(int, const void*, size_t, off64_t), "pwrite64")(fd, buffer, n, at);
}

ssize_t pwrite(int fd, const void* buffer, size_t n, off_t at) {
    return pwrite64(fd, buffer, n, at);
}

int fdatasync(int fd) {
    const int fault = sync_fault(fd);
    if (fault) {
        errno = fault;
        return -1;
    }
    return NEXT(int (*)(int), "fdatasync")(fd);
}

int fsync(int fd) {
    const int fault = sync_fault(fd);
    if (fault) {
        errno = fault;
        return -1;
    }
    return NEXT(int (*)(int), "fsync")(fd);
}
