/* Makes the n-th system call below a folder fail: preloaded, and armed by the program itself. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static char kind[16];
static long fails_at = -1;
static long calls = 0;
static int code = EIO;
static int lasting = 0;

void fault_arm(const char *where, const char *what, long number, int error, int for_good) {
    strncpy(folder, where, sizeof folder - 1);
    strncpy(kind, what, sizeof kind - 1);
    calls = 0;
    code = error;
    lasting = for_good;
    fails_at = number;
}

long fault_calls(void) { return calls; }

static int hit(const char *what, const char *path) {
    if (fails_at < 0 || strcmp(what, kind) != 0) return 0;
    if (path != NULL && strncmp(path, folder, strlen(folder)) != 0) return 0;
    calls++;
    if (calls != fails_at && !(lasting && calls > fails_at)) return 0;
    errno = code;
    return 1;
}

static int hit_fd(const char *what, int fd) {
    char link[64], path[PATH_MAX];
    if (fails_at < 0 || strcmp(what, kind) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return hit(what, path);
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)

#define OPENS(name)                                                   \
    int name(const char *path, int flags, ...) {                      \
        REAL(name);                                                   \
        va_list rest;                                                 \
        va_start(rest, flags);                                        \
        int mode = va_arg(rest, int);                                 \
        va_end(rest);                                                 \
        return hit("open", path) ? -1 : real(path, flags, mode);      \
    }
OPENS(open)
OPENS(open64)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    return hit_fd("write", fd) ? -1 : real(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    return hit_fd("write", fd) ? -1 : real(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    return hit_fd("write", fd) ? -1 : real(fd, data, size, at);
}
int fsync(int fd) {
    REAL(fsync);
    return hit_fd("fsync", fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    return hit_fd("fsync", fd) ? -1 : real(fd);
}
int rename(const char *from, const char *to) {
    REAL(rename);
    return hit("rename", to) ? -1 : real(from, to);
}
