--[[
  Turns reactions on and off and appends one entry for each message on which something changed.

  KEYS[1..4], ARGV[1..4] as in append-entry.lua
  KEYS[5], KEYS[6], then two more for each further message:
    totals    HASH emoji -> how many; the empty field holds the epoch it was loaded in
    reactors  SET "emoji user"
  ARGV[5] id, unique for this call   ARGV[6] seconds to keep what is loaded   ARGV[7] distinct emoji a message takes
  then for each message:
    its seq, JSON { emoji: [user, ...] } to load or '', number of turns, then for each turn: emoji, user, '1' on or '0' off

  Returns { 0, for each message: totals as JSON, for each turn one letter: c changed, s same, x too many emoji }
  or { 1, seq of each message that is not loaded } having changed nothing, or { code }.
]]
--- @include "../../../platform/rooms/append-entry.lua"

local room, code = open_room()
if not room then return { code } end
local ttl, max_emoji = tonumber(ARGV[6]), tonumber(ARGV[7])

local messages, missing = {}, { 1 }
local at, key = 8, 5
while at <= #ARGV do
  local message = { seq = ARGV[at], totals = KEYS[key], reactors = KEYS[key + 1], load = ARGV[at + 1], turns = {} }
  local turns = tonumber(ARGV[at + 2])
  for turn = 1, turns do
    local first = at + 3 * turn
    message.turns[turn] = { emoji = ARGV[first], user = ARGV[first + 1], on = ARGV[first + 2] == '1' }
  end
  at, key = at + 3 + 3 * turns, key + 2
  -- What another epoch left may lack changes that were stored, or hold some that were lost.
  if redis.call('HGET', message.totals, '') == room.epoch then
    message.load = ''
  elseif message.load == '' then
    missing[#missing + 1] = message.seq
  end
  messages[#messages + 1] = message
end
if #missing > 1 then return missing end

local function load_reactions(message)
  redis.call('DEL', message.totals, message.reactors)
  redis.call('HSET', message.totals, '', room.epoch)
  for emoji, users in pairs(cjson.decode(message.load)) do
    redis.call('HSET', message.totals, emoji, #users)
    for _, user in ipairs(users) do redis.call('SADD', message.reactors, emoji .. ' ' .. user) end
  end
end

local function turn_reaction(message, turn)
  local reactor = turn.emoji .. ' ' .. turn.user
  if not turn.on then
    if redis.call('SREM', message.reactors, reactor) == 0 then return 's' end
    if redis.call('HINCRBY', message.totals, turn.emoji, -1) <= 0 then redis.call('HDEL', message.totals, turn.emoji) end
    return 'c'
  end
  if redis.call('SISMEMBER', message.reactors, reactor) == 1 then return 's' end
  -- One field is the epoch.
  local is_new = redis.call('HEXISTS', message.totals, turn.emoji) == 0
  if is_new and redis.call('HLEN', message.totals) > max_emoji then return 'x' end
  redis.call('SADD', message.reactors, reactor)
  redis.call('HINCRBY', message.totals, turn.emoji, 1)
  return 'c'
end

local function totals_json(message)
  local flat, totals = redis.call('HGETALL', message.totals), {}
  for i = 1, #flat, 2 do
    if flat[i] ~= '' then totals[flat[i]] = tonumber(flat[i + 1]) end
  end
  return cjson.encode(totals)
end

local reply = { 0 }
for _, message in ipairs(messages) do
  if message.load ~= '' then load_reactions(message) end
  local outcomes, changes = '', {}
  for _, turn in ipairs(message.turns) do
    local outcome = turn_reaction(message, turn)
    outcomes = outcomes .. outcome
    if outcome == 'c' then changes[#changes + 1] = { turn.emoji, turn.user, turn.on and 1 or 0 } end
  end
  local totals = totals_json(message)
  if #changes > 0 then
    append_entry(room, {
      id = ARGV[5] .. ':' .. message.seq, counted = false, affects = '', evicts = '',
      body = '"signal":"chat.reacted","data":{"seq":' .. message.seq .. ',"reactions":' .. totals .. '}',
      hidden = cjson.encode({ changes = changes }),
    })
  end
  redis.call('EXPIRE', message.totals, ttl)
  -- A little longer: totals that are there must never stand beside reactors that are gone.
  redis.call('EXPIRE', message.reactors, ttl + 60)
  reply[#reply + 1] = totals
  reply[#reply + 1] = outcomes
end
return reply
