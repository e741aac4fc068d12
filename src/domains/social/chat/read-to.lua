--[[
  Moves read pointers forward and appends one entry for all that moved.

  KEYS[1..4], ARGV[1..4] as in append-entry.lua
  KEYS[5] pointers   HASH user -> seq; the empty field holds the epoch it was loaded in
  ARGV[5] id, unique for this call   ARGV[6] seconds to keep what is loaded   ARGV[7] '1' when readers are named
  then for each wish: user, seq, the user's stored pointer to load or ''

  Returns { 0, for each wish the user's pointer now, or -1 for a seq beyond the room's end }
  or { 1, users whose pointer is not loaded } having changed nothing, or { code }.
]]
--- @include "../../../platform/rooms/append-entry.lua"

local room, code = open_room()
if not room then return { code } end
local last = room.seq

if redis.call('HGET', KEYS[5], '') ~= room.epoch then
  redis.call('DEL', KEYS[5])
  redis.call('HSET', KEYS[5], '', room.epoch)
end

local missing = { 1 }
for at = 8, #ARGV, 3 do
  local user, stored = ARGV[at], ARGV[at + 2]
  if stored ~= '' then
    redis.call('HSETNX', KEYS[5], user, stored)
  elseif redis.call('HEXISTS', KEYS[5], user) == 0 then
    missing[#missing + 1] = user
  end
end
redis.call('EXPIRE', KEYS[5], ARGV[6])
if #missing > 1 then return missing end

local reply, moved, readers = { 0 }, {}, {}
for at = 8, #ARGV, 3 do
  local user, seq = ARGV[at], tonumber(ARGV[at + 1])
  local pointer = tonumber(redis.call('HGET', KEYS[5], user))
  if seq > last then
    pointer = -1
  elseif seq > pointer then
    pointer = seq
    redis.call('HSET', KEYS[5], user, seq)
    if not moved[user] then readers[#readers + 1] = user end
    moved[user] = seq
  end
  reply[#reply + 1] = pointer
end

if #readers > 0 then
  local reads = {}
  for i, user in ipairs(readers) do reads[i] = '{"userId":"' .. user .. '","seq":' .. moved[user] .. '}' end
  local list = '{"reads":[' .. table.concat(reads, ',') .. ']}'
  local named = ARGV[7] == '1'
  append_entry(room, {
    id = ARGV[5], counted = false, affects = '', evicts = '',
    body = '"signal":"chat.readTo","data":' .. (named and list or '{"count":' .. #reads .. '}'),
    hidden = named and '' or list,
  })
end
return reply
