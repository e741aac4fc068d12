--[[
  Appends one entry, or finds the one that an earlier call with the same id appended.

  KEYS[1..4], ARGV[1..4] as in append-entry.lua
  ARGV[5] id   ARGV[6] body   ARGV[7] '1' when it counts   ARGV[8] hidden   ARGV[9] affected users   ARGV[10] evicted users
  ARGV[11] the seq of a counted entry that this one names, 0 for none or for one that is known
  ARGV[12] 'any' to append whatever is remembered; else the time in ms at which the id was made, '' when it does not tell:
  then nothing is appended unless an earlier entry with the id would be remembered

  Returns { 0, seq, epoch, at, ordinal } or, for a repeat, { 1, seq, epoch, at, ordinal } with at 0 when the log
  no longer holds the first entry, { 2, waiting } when it may be a repeat of what is no longer remembered, with waiting
  1 when such an entry may still wait to be stored, { 3 } when the named entry is none, { 4 } when the log holds it no
  longer, or { code }.
]]
--- @include "./append-entry.lua"

local room, code, lagging = open_room()
if not room and not lagging then return { code } end

local first = seen(room or lagging, ARGV[5])
if first then
  local epoch = redis.call('HGET', KEYS[1], 'e')
  local found = redis.call('XRANGE', KEYS[2], first .. '-0', first .. '-0')[1]
  if not found then return { 1, tonumber(first), epoch, 0, 0 } end
  return { 1, tonumber(first), epoch, tonumber(found[2][2]), tonumber(found[2][4]) }
end
if not room then return { code } end

-- Ids are remembered for one generation at least. A caller's clock may be wrong by half of one.
local allowance_ms = generation_ms / 2

-- Both generations are over, as in a room where nobody wrote for so long, or are gone.
local nothing_is_remembered = room.seq > 0 and redis.call('EXISTS', seen_key(room.at, generation_ms, 0), seen_key(room.at, generation_ms, 1)) == 0

-- True when an entry with this id, were there one, would have been found above.
local function would_be_remembered(made_at)
  if nothing_is_remembered then return false end
  local since, all_until = unpack(redis.call('HMGET', KEYS[1], 'r', 'a'))
  if room.at <= tonumber(all_until or 0) then return true end
  if not made_at then return false end
  local remembered_since = math.max(tonumber(since or 0), room.at - generation_ms)
  return made_at >= remembered_since + allowance_ms and made_at <= room.at + allowance_ms
end

if ARGV[12] ~= 'any' and not would_be_remembered(tonumber(ARGV[12])) then
  local oldest = redis.call('XRANGE', KEYS[2], '(' .. room.durable .. '-0', '+', 'COUNT', 1)[1]
  local is_forgotten = oldest and (nothing_is_remembered or tonumber(oldest[2][2]) < room.at - allowance_ms)
  return { 2, is_forgotten and 1 or 0 }
end

local named = tonumber(ARGV[11])
if named > room.seq then return { 3 } end
if named > 0 then
  local found = redis.call('XRANGE', KEYS[2], named .. '-0', named .. '-0')[1]
  if not found then return { 4 } end
  if found[2][4] == '0' then return { 3 } end
end

local ordinal = append_entry(room, {
  id = ARGV[5], body = ARGV[6], counted = ARGV[7] == '1', hidden = ARGV[8], affects = ARGV[9], evicts = ARGV[10],
})
return { 0, room.seq, room.epoch, room.at, ordinal }
