-- KEYS: one for each picture. ARGV: the message, life in seconds.
-- Claims all of them for the message, or none. Returns -1, or the place, from 0, of one that another message has.
for place, key in ipairs(KEYS) do
  local holder = redis.call('GET', key)
  if holder and holder ~= ARGV[1] then return place - 1 end
end
for _, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[1], 'EX', ARGV[2])
end
return -1
