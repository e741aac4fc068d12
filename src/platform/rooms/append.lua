--[[
  Appends one entry, or finds the one that an earlier call with the same id appended.

  KEYS[1..6], ARGV[1..4] as in append-entry.lua
  ARGV[5] id   ARGV[6] body   ARGV[7] '1' when it counts   ARGV[8] hidden   ARGV[9] affected users   ARGV[10] evicted users
  ARGV[11] the seq of an entry that this one names, 0 for none

  Returns { 0, seq, epoch, at, ordinal } or, for a repeat, { 1, seq, epoch, at, ordinal } with at 0 when the log
  no longer holds the first entry, { 2 } when the named entry is not there yet, or { code }.
]]
--- @include "./append-entry.lua"

local room, code = open_room()
if not room and code ~= -3 then return { code } end

local first = seen(ARGV[5])
if first then
  local epoch = redis.call('HGET', KEYS[1], 'e')
  local found = redis.call('XRANGE', KEYS[2], first .. '-0', first .. '-0')[1]
  if not found then return { 1, tonumber(first), epoch, 0, 0 } end
  return { 1, tonumber(first), epoch, tonumber(found[2][2]), tonumber(found[2][4]) }
end
if not room then return { code } end
if tonumber(ARGV[11]) > room.seq then return { 2 } end

local ordinal = append_entry(room, {
  id = ARGV[5], body = ARGV[6], counted = ARGV[7] == '1', hidden = ARGV[8], affects = ARGV[9], evicts = ARGV[10],
})
return { 0, room.seq, room.epoch, room.at, ordinal }
