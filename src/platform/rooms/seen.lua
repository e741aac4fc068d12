--[[
  Functions for scripts that remember which entry an idempotency id got. KEYS[1] is the room's meta.
  Ids lie in one HASH for each generation, id -> seq, which is counted by Redis' own time: nodes whose clocks differ would
  look in different ones.
]]

local function time_ms()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- The ids of the generation that began so many generations ago.
local function seen_key(at, generation_ms, generations_ago)
  local prefix = string.gsub(KEYS[1], ':meta:', ':seen:', 1)
  return prefix .. ':' .. string.format('%d', math.floor(at / generation_ms) - generations_ago)
end

-- Forgets a generation's ids when the one after it is over, and a minute later.
local function forget_later(key, generation_ms)
  redis.call('PEXPIRE', key, 2 * generation_ms + 60000, 'NX')
end
