/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "pipe.h"

#include "src/host/migrate/wire.h"
#include "tests/codec/check.h"

const xbz_faults xbz_no_faults = {XBZ_NEVER, XBZ_NEVER,      XBZ_NEVER, 0,
                                  XBZ_NEVER, XBZ_FAULT_DROP, SIZE_MAX};

static void xbz_append(uint8_t **dst, size_t *len, size_t *cap,
                       const uint8_t *src, size_t count) {
  if (*cap - *len < count) {
    *cap = 2 * (*len + count);
    *dst = realloc(*dst, *cap);
    XBZ_CHECK(*dst != NULL);
  }
  memcpy(*dst + *len, src, count);
  *len += count;
}

/* Bytes that nothing but offsets decides about. */
static void xbz_flow_bytes(xbz_flow *flow, const uint8_t *src, size_t len) {
  const uint64_t first = flow->sent;
  size_t arrive = len;
  flow->sent += len;
  if (first >= flow->faults.lose)
    arrive = 0;
  else if (flow->faults.lose - first < len)
    arrive = (size_t)(flow->faults.lose - first);
  if (arrive == 0)
    return;
  xbz_append(&flow->bytes, &flow->len, &flow->cap, src, arrive);
  if (flow->faults.change >= first && flow->faults.change - first < arrive)
    flow->bytes[flow->len - arrive + (flow->faults.change - first)] ^=
        flow->faults.mask;
}

/* The length of the first whole record in part; 0: there is none yet. */
static size_t xbz_flow_record(const uint8_t *part, size_t len) {
  size_t want = 0;
  if (len < XBZ_WIRE_HEAD)
    return 0;
  want = XBZ_WIRE_HEAD + xbz_wire_head_get(part).len;
  return len < want ? 0 : want;
}

static void xbz_part_drop(xbz_flow *flow, size_t len) {
  memmove(flow->part, flow->part + len, flow->part_len - len);
  flow->part_len -= len;
}

/* Let the first record of part suffer; the length of the next one, if that has
   gone before it. */
static size_t xbz_flow_suffer(xbz_flow *flow, size_t len) {
  const size_t next =
      flow->faults.fault == XBZ_FAULT_SWAP
          ? xbz_flow_record(flow->part + len, flow->part_len - len)
          : 0;
  if (next > 0)
    xbz_flow_bytes(flow, flow->part + len, next);
  if (flow->faults.fault == XBZ_FAULT_TWICE)
    xbz_flow_bytes(flow, flow->part, len);
  if (flow->faults.fault != XBZ_FAULT_DROP)
    xbz_flow_bytes(flow, flow->part, len);
  return next;
}

/* Let the first record of part go, if it is there; one that is to be swapped
   waits for the next. */
static bool xbz_flow_pass(xbz_flow *flow) {
  const size_t len = xbz_flow_record(flow->part, flow->part_len);
  const bool hit = flow->records == flow->faults.record;
  size_t next = 0;
  if (len == 0 ||
      (hit && flow->faults.fault == XBZ_FAULT_SWAP &&
       xbz_flow_record(flow->part + len, flow->part_len - len) == 0))
    return false;
  if (hit)
    next = xbz_flow_suffer(flow, len);
  else
    xbz_flow_bytes(flow, flow->part, len);
  flow->kinds[flow->part[8] % 32]++;
  flow->records += next > 0 ? 2 : 1;
  xbz_part_drop(flow, len + next);
  return true;
}

static void xbz_flow_send(xbz_flow *flow, const uint8_t *src, size_t len) {
  if (flow->faults.record == XBZ_NEVER) {
    xbz_flow_bytes(flow, src, len);
    return;
  }
  xbz_append(&flow->part, &flow->part_len, &flow->part_cap, src, len);
  while (xbz_flow_pass(flow))
    ;
}

static bool xbz_pipe_send(void *self, const uint8_t *src, size_t len,
                          xbz_error *error) {
  const xbz_pipe_end *end = self;
  xbz_pipe *pipe = end->pipe;
  xbz_flow *flow = &pipe->flows[end->side];
  bool done = false;
  pthread_mutex_lock(&pipe->mutex);
  if (flow->faults.cut - flow->sent < len) {
    len = (size_t)(flow->faults.cut - flow->sent);
    xbz_flow_send(flow, src, len);
    pipe->broken = true;
  } else if (!pipe->broken && !pipe->stalled && !pipe->closed[1 - end->side]) {
    xbz_flow_send(flow, src, len);
    done = true;
  }
  pthread_cond_broadcast(&pipe->changed);
  pthread_mutex_unlock(&pipe->mutex);
  return done || xbz_fail(error, "the pipe is broken");
}

/* Whether there is nothing to wait for. */
static bool xbz_pipe_over(const xbz_pipe *pipe, int side) {
  return pipe->broken || pipe->stalled || pipe->closed[1 - side];
}

static void xbz_pipe_wait(xbz_pipe *pipe, int side) {
  const xbz_flow *flow = &pipe->flows[1 - side];
  const xbz_flow *other = &pipe->flows[side];
  pipe->waiting[side] = true;
  while (flow->at == flow->len && !xbz_pipe_over(pipe, side)) {
    if (pipe->waiting[1 - side] && other->at == other->len) {
      pipe->stalled = true;
      pthread_cond_broadcast(&pipe->changed);
      break;
    }
    pthread_cond_wait(&pipe->changed, &pipe->mutex);
  }
  pipe->waiting[side] = false;
}

static bool xbz_pipe_recv(void *self, uint8_t *dst, size_t cap, size_t *len,
                          xbz_error *error) {
  const xbz_pipe_end *end = self;
  xbz_pipe *pipe = end->pipe;
  xbz_flow *flow = &pipe->flows[1 - end->side];
  size_t got = 0;
  bool closed = false;
  pthread_mutex_lock(&pipe->mutex);
  xbz_pipe_wait(pipe, end->side);
  got = flow->len - flow->at;
  got = got < cap ? got : cap;
  got = got < flow->faults.most ? got : flow->faults.most;
  if (got > 0)
    memcpy(dst, flow->bytes + flow->at, got);
  flow->at += got;
  closed = pipe->closed[1 - end->side] && !pipe->broken;
  pthread_mutex_unlock(&pipe->mutex);
  *len = got;
  return got > 0 || closed || xbz_fail(error, "the pipe is broken or stalled");
}

static bool xbz_pipe_ready(void *self) {
  const xbz_pipe_end *end = self;
  xbz_pipe *pipe = end->pipe;
  const xbz_flow *flow = &pipe->flows[1 - end->side];
  bool ready = false;
  pthread_mutex_lock(&pipe->mutex);
  ready = flow->at < flow->len || xbz_pipe_over(pipe, end->side);
  pthread_mutex_unlock(&pipe->mutex);
  return ready;
}

static void xbz_pipe_end_close(void *self) {
  const xbz_pipe_end *end = self;
  pthread_mutex_lock(&end->pipe->mutex);
  end->pipe->closed[end->side] = true;
  pthread_cond_broadcast(&end->pipe->changed);
  pthread_mutex_unlock(&end->pipe->mutex);
}

void xbz_pipe_open(xbz_pipe *pipe, const xbz_faults *forth,
                   const xbz_faults *back) {
  memset(pipe, 0, sizeof *pipe);
  pthread_mutex_init(&pipe->mutex, NULL);
  pthread_cond_init(&pipe->changed, NULL);
  pipe->flows[0].faults = *forth;
  pipe->flows[1].faults = *back;
  for (int side = 0; side < 2; side++)
    pipe->ends[side] = (xbz_pipe_end){pipe, side};
}

void xbz_pipe_close(xbz_pipe *pipe) {
  for (int side = 0; side < 2; side++) {
    free(pipe->flows[side].bytes);
    free(pipe->flows[side].part);
  }
  pthread_cond_destroy(&pipe->changed);
  pthread_mutex_destroy(&pipe->mutex);
}

xbz_link xbz_pipe_link(xbz_pipe *pipe, int side) {
  return (xbz_link){&pipe->ends[side], xbz_pipe_send, xbz_pipe_recv,
                    xbz_pipe_ready, xbz_pipe_end_close};
}
