--[[
  Adds what a node took since its last tick, and says what is to be told: twice a second at most, of all nodes together.

  KEYS[1] applause  HASH '#' when it was told last in ms, '=' how many viewers were told, 't:emoji' of the whole evening,
    'w:emoji' not told yet, 'm:minute:emoji' of a minute, 'p:minute' the most viewers of a minute; a minute is ms since 1970
  KEYS[2] nodes  HASH node -> 'number of its last tick|viewers|when in ms'
  ARGV[1] node   ARGV[2] number of the tick: one that comes twice adds nothing   ARGV[3] viewers on this node
  ARGV[4] ms between two tellings   ARGV[5] ms after which a silent node's viewers are gone   ARGV[6] seconds to keep
  ARGV[7] JSON { emoji: count } of the whole evening to start from, or ''   ARGV[8...] pairs of emoji and count

  Returns { 0, ms to wait } where something is left to tell, { 1, JSON { viewers, reactions, total } } to tell now,
  { 2 } when there is nothing to tell, or { 3 } when it has to be loaded first.
]]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if redis.call('HEXISTS', KEYS[1], '#') == 0 then
  if ARGV[7] == '' then return { 3 } end
  redis.call('HSET', KEYS[1], '#', 0)
  for emoji, count in pairs(cjson.decode(ARGV[7])) do redis.call('HSET', KEYS[1], 't:' .. emoji, count) end
end

local minute = now - now % 60000
local last = redis.call('HGET', KEYS[2], ARGV[1])
local last_number = last and tonumber(string.match(last, '^%d+')) or 0
if tonumber(ARGV[2]) > last_number then
  for i = 8, #ARGV, 2 do
    redis.call('HINCRBY', KEYS[1], 't:' .. ARGV[i], ARGV[i + 1])
    redis.call('HINCRBY', KEYS[1], 'w:' .. ARGV[i], ARGV[i + 1])
    redis.call('HINCRBY', KEYS[1], 'm:' .. minute .. ':' .. ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. '|' .. ARGV[3] .. '|' .. now)
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('EXPIRE', KEYS[2], ARGV[6])

local viewers, nodes = 0, redis.call('HGETALL', KEYS[2])
for i = 1, #nodes, 2 do
  local count, seen = string.match(nodes[i + 1], '^%d+|(%d+)|(%d+)$')
  if now - tonumber(seen) <= tonumber(ARGV[5]) then
    viewers = viewers + tonumber(count)
  else
    redis.call('HDEL', KEYS[2], nodes[i])
  end
end
if viewers > tonumber(redis.call('HGET', KEYS[1], 'p:' .. minute) or 0) then
  redis.call('HSET', KEYS[1], 'p:' .. minute, viewers)
end

local reactions, told, total, is_new = {}, {}, 0, false
local flat = redis.call('HGETALL', KEYS[1])
for i = 1, #flat, 2 do
  local emoji = string.match(flat[i], '^w:(.+)$')
  if emoji then
    reactions[emoji] = tonumber(flat[i + 1])
    told[#told + 1] = flat[i]
    is_new = true
  elseif string.sub(flat[i], 1, 2) == 't:' then
    total = total + tonumber(flat[i + 1])
  end
end
if not is_new and tonumber(redis.call('HGET', KEYS[1], '=') or -1) == viewers then return { 2 } end
local wait = tonumber(redis.call('HGET', KEYS[1], '#')) + tonumber(ARGV[4]) - now
if wait > 0 then return { 0, wait } end
redis.call('HSET', KEYS[1], '#', now, '=', viewers)
if #told > 0 then redis.call('HDEL', KEYS[1], unpack(told)) end
return { 1, cjson.encode({ viewers = viewers, reactions = reactions, total = total }) }
