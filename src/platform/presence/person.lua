--[[
  Functions for scripts about people's connections. A person's HASH holds a field for each connection, `lease|activity`, and
  two of one letter: c what they chose to be seen as, a the last activity of connections that are gone.
]]

local function connections_in(key)
  return redis.call('HLEN', key) - redis.call('HEXISTS', key, 'c') - redis.call('HEXISTS', key, 'a')
end

-- The last activity on any device, and how many connections there are.
local function activity_in(key)
  local fields, last, connections = redis.call('HGETALL', key), 0, 0
  for i = 1, #fields, 2 do
    local at
    if fields[i] == 'a' then
      at = tonumber(fields[i + 1])
    elseif fields[i] ~= 'c' then
      at = tonumber(string.match(fields[i + 1], '|(%d+)$'))
      connections = connections + 1
    end
    if at and at > last then last = at end
  end
  return last, connections
end

local function is_seen(chosen) return chosen and chosen ~= 'INVISIBLE' end

local function tell_changed(channel, now, users)
  if #users > 0 then redis.call('SPUBLISH', channel, 'c|' .. now .. '|' .. table.concat(users, '|')) end
end
