/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "writer.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "random.h"

/* Until the parent is gone, or ends it. */
static void xbz_scribble(const xbz_writer *writer, pid_t parent) {
  xbz_random dice = {1};
  while (getppid() == parent) {
    volatile uint8_t *page =
        writer->live +
        xbz_random_below(&dice, writer->pages) * writer->page_len;
    size_t roll = xbz_random_below(&dice, 64);
    size_t count = roll % 32 == 0 ? writer->page_len : 16 * roll;
    uint8_t byte = roll % 2 == 0 && roll != 32 ? 0 : xbz_random_byte(&dice);
    size_t at = xbz_random_below(&dice, writer->page_len);
    for (size_t i = 0; i < count; i++)
      page[(at + i) % writer->page_len] = (uint8_t)(byte * (i | 1));
  }
}

xbz_writer xbz_writer_start(size_t pages, size_t page_len) {
  xbz_writer writer = {NULL, pages, page_len, 0};
  pid_t parent = getpid();
  void *live = mmap(NULL, pages * page_len, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  XBZ_CHECK(live != MAP_FAILED);
  writer.live = live;
  writer.pid = fork();
  XBZ_CHECK(writer.pid >= 0);
  if (writer.pid == 0) {
    xbz_scribble(&writer, parent);
    _exit(0);
  }
  return writer;
}

const uint8_t *xbz_writer_page(const xbz_writer *writer, size_t i) {
  return writer->live + i * writer->page_len;
}

void xbz_writer_stop(xbz_writer *writer) {
  XBZ_CHECK_EQ(kill(writer->pid, SIGKILL), 0);
  XBZ_CHECK(waitpid(writer->pid, NULL, 0) == writer->pid);
  writer->pid = 0;
}
