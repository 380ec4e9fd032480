/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <string.h>

#include "contender.h"

/* Reading two equal pages: less cannot be done to see that they are equal. */
static size_t xbz_memory_compare(const xbz_contender *contender,
                                 const xbz_task *task) {
  (void)contender;
  return memcmp(task->old_page, task->cached, task->page_len) == 0
             ? 0
             : XBZ_WORK_FAILED;
}

static size_t xbz_memory_encode(const xbz_contender *contender,
                                const xbz_task *task) {
  (void)contender;
  memcpy(task->dst, task->new_page, task->page_len);
  return task->page_len;
}

static size_t xbz_memory_send(const xbz_contender *contender,
                              const xbz_task *task) {
  (void)contender;
  memcpy(task->cached, task->live, task->page_len);
  return task->page_len;
}

static size_t xbz_memory_decode(const xbz_contender *contender,
                                const xbz_task *task) {
  (void)contender;
  memcpy(task->cached, task->packed, task->page_len);
  return task->page_len;
}

void xbz_contenders_add_memory(xbz_contenders *all) {
  all->list[all->count++] = (xbz_contender){
      .name = "memcmp",
      .kind = XBZ_CONTENDER_MEMORY,
      .work = {[XBZ_OP_ENCODE] = xbz_memory_compare},
  };
  all->list[all->count++] = (xbz_contender){
      .name = "memcpy",
      .kind = XBZ_CONTENDER_MEMORY,
      .work = {[XBZ_OP_ENCODE] = xbz_memory_encode,
               [XBZ_OP_SEND] = xbz_memory_send,
               [XBZ_OP_DECODE] = xbz_memory_decode},
  };
}
