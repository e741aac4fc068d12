#!lua flags=allow-oom
--[[
  Marks rooms of a partition as stored up to a sequence number, tells their followers, trims their logs, and gives the
  partition back, unless told otherwise. It works while Redis is out of memory. The log keeps what reconnecting clients catch up from and is never trimmed past what is stored.

  KEYS[1] lease   KEYS[2] dirty
  ARGV[1] worker   ARGV[2] entries kept   ARGV[3] seconds a wholly stored room is kept   ARGV[4] key prefix of the partition
  ARGV[5] '1' to give the partition back
  ARGV[6...] for each room its name, the epoch its entries were taken under, and the last stored seq

  A room that goes on under another epoch since is left as it is: what was stored says nothing of that epoch's numbers, and
  the room, which stays dirty, is taken again.
]]
for i = 6, #ARGV, 3 do
  local room, epoch, stored = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local meta_key, log_key = ARGV[4] .. ':meta:' .. room, ARGV[4] .. ':log:' .. room
  local meta = redis.call('HMGET', meta_key, 'e', 's', 'd')
  if not meta[1] then
    redis.call('ZREM', KEYS[2], room)
  elseif meta[1] == epoch then
    local durable = math.max(stored, tonumber(meta[3]))
    local more = #redis.call('XRANGE', log_key, '(' .. durable .. '-0', '+', 'COUNT', 1) > 0
    if not more then
      -- A new epoch skips numbers: nothing stands between the last entry and where the numbering goes on.
      durable = tonumber(meta[2])
      redis.call('ZREM', KEYS[2], room)
    end
    redis.call('HSET', meta_key, 'd', durable)
    redis.call('XTRIM', log_key, 'MINID', '~', math.max(0, stored - tonumber(ARGV[2])))
    if not more then
      redis.call('EXPIRE', meta_key, ARGV[3])
      redis.call('EXPIRE', log_key, ARGV[3])
    end
    redis.call('SPUBLISH', ARGV[4] .. ':live:' .. room, '0|' .. meta[1] .. '|0|0|' .. durable .. '|||')
  end
end
if ARGV[5] == '1' and redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
