/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <string.h>

#include "contender.h"
#include "src/xbz.h"

const char *const xbz_op_names[XBZ_OP_COUNT] = {"encode", "send", "decode"};

static size_t xbz_sent_len(xbz_status status, size_t len, size_t page_len) {
  switch (status) {
  case XBZ_OK:
    return len;
  case XBZ_UNCHANGED:
    return 0;
  case XBZ_NO_FIT:
    return page_len;
  default:
    return XBZ_WORK_FAILED;
  }
}

static size_t xbz_reference_encode(const xbz_contender *contender,
                                   const xbz_task *task) {
  size_t len = 0;
  (void)contender;
  xbz_status status =
      xbz_page_encode_ref(task->dst, task->cap, &len, task->old_page,
                          task->new_page, task->page_len);
  return xbz_sent_len(status, len, task->page_len);
}

/* The plain way: take a snapshot, since the live page may change meanwhile,
 * encode that, and keep it. */
static size_t xbz_reference_send(const xbz_contender *contender,
                                 const xbz_task *task) {
  uint8_t *snapshot = task->dst + task->cap;
  size_t len = 0;
  (void)contender;
  memcpy(snapshot, task->live, task->page_len);
  xbz_status status = xbz_page_encode_ref(
      task->dst, task->cap, &len, task->cached, snapshot, task->page_len);
  if (status != XBZ_UNCHANGED)
    memcpy(task->cached, snapshot, task->page_len);
  return xbz_sent_len(status, len, task->page_len);
}

/* Take what was not sent as a delta: no change at all, or the page as it is. */
static bool xbz_sent_plain(const xbz_task *task) {
  if (task->packed_len == task->page_len)
    memcpy(task->cached, task->packed, task->page_len);
  return task->packed_len == 0 || task->packed_len == task->page_len;
}

static size_t xbz_reference_decode(const xbz_contender *contender,
                                   const xbz_task *task) {
  size_t end = 0;
  (void)contender;
  if (xbz_sent_plain(task))
    return task->packed_len;
  return xbz_page_decode_ref(task->cached, task->page_len, &end, task->packed,
                             task->packed_len) == XBZ_OK
             ? task->packed_len
             : XBZ_WORK_FAILED;
}

static size_t xbz_backend_encode(const xbz_contender *contender,
                                 const xbz_task *task) {
  size_t len = 0;
  xbz_status status =
      xbz_page_encode_with(contender->backend, task->dst, task->cap, &len,
                           task->old_page, task->new_page, task->page_len);
  return xbz_sent_len(status, len, task->page_len);
}

static size_t xbz_backend_send(const xbz_contender *contender,
                               const xbz_task *task) {
  size_t len = 0;
  int zero = 0;
  xbz_status status = xbz_page_encode_update_with(
      contender->backend, task->dst, task->cap, &len, &zero, task->cached,
      task->live, task->page_len);
  return xbz_sent_len(status, len, task->page_len);
}

static size_t xbz_backend_decode(const xbz_contender *contender,
                                 const xbz_task *task) {
  size_t end = 0;
  if (xbz_sent_plain(task))
    return task->packed_len;
  return xbz_page_decode_with(contender->backend, task->cached, task->page_len,
                              &end, task->packed, task->packed_len) == XBZ_OK
             ? task->packed_len
             : XBZ_WORK_FAILED;
}

void xbz_contenders_add_xbz(xbz_contenders *all) {
  xbz_backend list[XBZ_BACKEND_COUNT];
  size_t count = xbz_backend_list(list, XBZ_BACKEND_COUNT);
  all->list[all->count++] = (xbz_contender){
      .name = "reference",
      .kind = XBZ_CONTENDER_REFERENCE,
      .work = {[XBZ_OP_ENCODE] = xbz_reference_encode,
               [XBZ_OP_SEND] = xbz_reference_send,
               [XBZ_OP_DECODE] = xbz_reference_decode},
  };
  for (size_t i = 0; i < count; i++)
    if (list[i] != XBZ_BACKEND_REF)
      all->list[all->count++] = (xbz_contender){
          .name = xbz_backend_name(list[i]),
          .kind = XBZ_CONTENDER_BACKEND,
          .backend = list[i],
          .work = {[XBZ_OP_ENCODE] = xbz_backend_encode,
                   [XBZ_OP_SEND] = xbz_backend_send,
                   [XBZ_OP_DECODE] = xbz_backend_decode},
      };
}
